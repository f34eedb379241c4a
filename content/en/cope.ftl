# Ways through a hard moment, in English: what is hard, what is offered, and an exercise as it goes.

button-cope = Ways through this
button-cope-craving = A craving
button-cope-anxiety = Fear or worry
button-cope-anger = Anger
button-cope-low = Everything is heavy
button-cope-sleepless = I can't sleep
button-cope-lonely = Lonely
button-cope-bored = Bored or restless
button-cope-grief = Grief
button-cope-celebration = A party or good news
button-cope-shame = Shame after a slip
button-cope-ending = Something while I wait
button-cope-more = Something else
button-cope-again = Once more
button-cope-keep = Keep this one
button-cope-drop = Not for me
button-practice = Try one while it's calm

cope-which = What is hardest right now? One tap, and I'll show you three short ways through.

cope-offers = { $known ->
    [yes] { $new ->
        [yes] Two that eased this for you before, and one you haven't tried for it:
       *[no] What eased this for you before:
    }
   *[no] { $state ->
        [ending] While you reach someone, one of these can carry you through the next minutes:
       *[other] Here are a few short ways through. Take the one that looks easiest:
    }
}

cope-eased = { $state ->
    [craving] It eased cravings for you
    [anxiety] It eased the fear for you
    [anger] It eased the anger for you
    [low] It made it lighter for you
    [sleepless] It brought sleep closer for you
    [lonely] It eased the loneliness for you
    [bored] It eased the restlessness for you
    [grief] It eased the hurt for you
    [celebration] It eased the pull for you
    [shame] It eased the shame for you
   *[ending] It eased things for you
} { $times ->
    [one] once in { $of }.
   *[other] { $times } times of { $of }.
}

cope-nothing = I have nothing more to offer for this just now. A person may have.

cope-kept = It's among your own now.

cope-dropped = I won't offer this one again. You can bring it back in the list.
button-undrop = Undo
cope-undropped = It's back. I may offer it again.

cope-gone = I don't have that exercise any more.

exercise-closed = The exercise you were in is closed.{ $kept ->
    [yes] {" "}What you had rated is kept.
   *[no] {""}
}

exercise-ending = That carried you through some minutes. Let a person have the next ones with you.

# Above every screen of an exercise beside thoughts of dying; each is "none" where it is not known.
near-lines = { $number ->
    [none] In danger, call your local emergency number.
   *[other] In danger, call **{ $number }**.
}{ $call ->
    [none] {" "}To talk to someone: findahelpline.com.
   *[other] {" "}To talk to someone: **{ $call }**.
}

guide-place = Step { $n } of { $of }{ $waits ->
    [begin] . Tap **Start**, and it moves by itself.
    [next] . Tap **Next** when you're ready.
   *[no] {""}
}

guide-in = **In**, slowly. Breath { $n } of { $of }.
guide-again = **And a little more in.** Breath { $n } of { $of }.
guide-hold = **Hold**, softly. Breath { $n } of { $of }.
guide-out = **Out**, longer. Breath { $n } of { $of }.
guide-rest = **Wait** before the next one. Breath { $n } of { $of }.
guide-left = { $n ->
    [one] The last minute.
   *[other] { $n } minutes left.
}

guide-heard = I hear you, and I keep none of it. Write on, or go on below.
guide-still = The exercise is standing still. Go on when you like.
guide-enough = That's enough, then. Stopping is fine.
guide-stopped = Then we stop here. This wasn't the one for now, and saying so was right.
guide-closed = The exercise is closed.

reading-skill = Exercise
reading-for = For
reading-state = { $state ->
    [craving] { button-cope-craving }
    [anxiety] { button-cope-anxiety }
    [anger] { button-cope-anger }
    [low] { button-cope-low }
    [sleepless] { button-cope-sleepless }
    [lonely] { button-cope-lonely }
    [bored] { button-cope-bored }
    [grief] { button-cope-grief }
    [celebration] { button-cope-celebration }
    [shame] { button-cope-shame }
    [ending] Thoughts of dying
   *[other] A hard moment
}
reading-practice = It was practice, on a calm day.
reading-before = Before
reading-far = How far
reading-how-far = { $far ->
    [done] to the end
   *[enough] part of the way
}
reading-after = After
reading-hard = What was hard last
reading-rated = How strong that was
reading-hard-on = Last noted on
reading-shown = Exercise I showed you last
reading-last = Exercise you did last
reading-practised = I last offered practice on
reading-favourite = Exercise to keep
reading-unwanted = Exercise not for you
reading-left-out = Exercises left out
caution-breath = Counted breathing
caution-cold = Cold water
caution-effort = Physical effort
caution-inward = Looking inward
caution-food = Food
caution-outside = Going out

kind-skill = { $n ->
    [one] one exercise
   *[other] { $n } exercises
}{ since-day }

retry-guide-1 = The exercise is standing still. Tap **Go on**, or **Enough**.
retry-guide-2 = It's still here. Tap **Go on**, or **Enough**.
retry-guide-3 = You can tap **Enough** whenever you like. Nothing is lost.
