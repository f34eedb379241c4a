# What helps me, in English: what eased what by the member's own numbers, and why these are offered.

button-helps = What helps me
button-why-these = Why these?

helps-title = **What helps you, by your own numbers**

# Of one exercise, below its name. "none" is a state that is not to be named.
helps-so = { $times ->
    [0] It did not go down in any of { $of } times
   *[other] { $state ->
        [craving] Cravings
        [anxiety] The fear
        [anger] The anger
        [low] The weight
        [sleepless] Lying awake
        [lonely] Feeling lonely
        [bored] Feeling restless
        [grief] The hurt
        [celebration] The pull to join in
        [shame] The shame
       *[none] It
    } went down after it { $times ->
        [one] once in { $of } times
       *[other] { $times } times of { $of }
    }
}{ $change ->
    [some] , from about { $before } to { $after }.
    [little] , by less than a point.
   *[none] , and stayed about the same.
}

helps-how = I count what you rated before and after. What did no more than waiting alone is left out.

helps-none = Nothing stands out yet, and that's fine. I can tell once you've done an exercise three times for the same thing, with a number before and after.

helps-off = I'm not keeping your check-ins, so I don't know what has helped you. You can change that in **Settings**. If you don't want to, that's fine too.

helps-minor = Because you're under 18, I keep nothing of the exercises you do. So I can't tell what helps you. You may know best.

# What is said of waiting in place of "it eased cravings for you".
cope-waited = With time alone it was less { $times } times of { $of }.

# What is said of an exercise after which it was less, where waiting alone brought as much.
cope-no-more = It was less { $times } times of { $of }. Waiting did as much for you; both are yours.

these-how = What made it less for you comes first, beyond what waiting alone does; the others go by how well they're known to help. The last is one you haven't tried for this, where there is one, and none comes twice in a day while others are left.

these-few = You've rated it { $n ->
    [one] once
   *[other] { $n } times
} for this. I say what it does from three times on.

these-unrated = { $tried ->
    [yes] You've tried it, but not with a number before and after.
   *[no] You haven't tried it for this.
} { $tier ->
    [1] Studies of this, or something close, speak for it.
    [2] It's part of programs that were tested.
   *[3] People who've been there pass it on.
}

these-wait = { $measured ->
    [no] You haven't rated waiting alone for this, so I take nothing off for it.
    [few] You've rated waiting alone once or twice, so I take little off for it.
   *[yes] { $by ->
        [0] Waiting alone brings you less than half a point, so I take next to nothing off.
        [one] Waiting alone brings you about one point, and I take that off.
       *[other] Waiting alone brings you about { $by } points, and I take those off.
    }
}
