# My path, in English: days that count, and what stays.

# Behind "which" stands the check-in question; a path wears a letter where wording is discreet.
path-name = **{ $discreet ->
    [yes] { $which ->
        [used] Main path
        [drinking] Path A
        [smoking] Path B
        [drugs] Path C
        [gambling] Path D
       *[other] Path E
    }
   *[no] { $which ->
        [used] Main path
        [drinking] Drinking
        [smoking] Smoking
        [drugs] Drugs
        [gambling] Gambling
       *[other] Something else
    }
}**

# A number of days, or of whole years.
so-many = { $years ->
    [0] { $n ->
        [one] one day
       *[other] { $n } days
    }
    [one] one year
   *[other] { $years } years
}

progress-none = I'm not counting any days for you, and nothing needs a count. If you'd like one: a hard day costs only that day. All the others stay.

progress-off = I'm not keeping your check-ins, so I have no days to count. You can change that in **Settings**. If you don't want to, that's fine too.

progress-minor = Because you're under 18, I keep none of your check-ins, so I don't count days either.

progress-total = { $total ->
    [0] Counting from { a-day } on
    [one] One day on your path since { a-day }
   *[other] { $total } days on your path since { a-day }
}{ $otherwise ->
    [0] .
    [one] ; one day went another way.
   *[other] ; { $otherwise } days went another way.
}

progress-before = { $before ->
    [one] And one day before that, so { $total } in all.
   *[other] And { $before } days before that, so { $total } in all.
}

progress-longest = { $longest ->
    [one] Longest run: one day.
   *[other] Longest run: { $longest } days.
}

progress-last = In the last 90 days: { $n }.

progress-limit = { $most ->
    [one] Your limit: one day in any seven. A day within it counts.
   *[other] Your limit: { $most } days in any seven. A day within it counts.
}

progress-strength = Strength now: { $share } of 100, { $band ->
    [young] still young
    [growing] growing
    [steady] steady
   *[strong] strong
}.

progress-paused = On pause since { a-day }. Days in a pause don't count either way.

progress-near = { so-many } is near, if you'd like to know.

progress-stays = What you built stays: { $total ->
    [one] one day
   *[other] all { $total } days
}{ $n ->
    [0] .
   *[other] , and the milestone of { so-many }.
}

progress-silence = A day without an answer counts too, so silence costs nothing. A hard day takes a little strength away, and it grows back.

progress-fresh = This is a fresh page from { a-day } on. What came before is hidden, not deleted. It comes back when you turn the fresh page off.

fresh-off = The fresh page is off. Everything you told me is there to look back on.

milestone = { $which ->
    [only] You've reached { so-many } on your path. That's yours, whatever comes.
   *[other] { path-name }: you've reached { so-many }. That's yours, whatever comes.
}

path-day-odd = That day is still to come, or too far back for me to count.

path-not-counted = You don't count days for that one, so there's nothing to change.

path-ended = No days are being counted now. What you told me in your check-ins stays.

button-progress = My path
button-path-begin = Count my days
button-path-fresh = Fresh page on or off
button-path-change = Change my path
