# Looking back, in English: the last days in words and numbers, and as a picture.

# "3 May", with the year where it is not this one.
a-day = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}{ $year ->
    [this] {""}
   *[other] {" "}{ $year }
}

back-title = **The last { $n } days.** { $discreet ->
    [yes] Two numbers a day, both from 0 to 10.
   *[no] Mood first, the pull in brackets, both from 0 to 10.
}

# Each day is "none" or its numbers, such as "6 (3),".
back-week = { a-day }:{ $mon ->
    [none] {""}
   *[some] {" "}Mon { $mon }
}{ $tue ->
    [none] {""}
   *[some] {" "}Tue { $tue }
}{ $wed ->
    [none] {""}
   *[some] {" "}Wed { $wed }
}{ $thu ->
    [none] {""}
   *[some] {" "}Thu { $thu }
}{ $fri ->
    [none] {""}
   *[some] {" "}Fri { $fri }
}{ $sat ->
    [none] {""}
   *[some] {" "}Sat { $sat }
}{ $sun ->
    [none] {""}
   *[some] {" "}Sun { $sun }
}

back-weekly = Week by week, on average, from { a-day } on: { $means }.

back-few = There isn't much to compare yet. Three days with a check-in are enough for a first look.

back-none = There's nothing to look back on here yet. It starts with one check-in, and gaps don't matter.

back-none-here = There's nothing in these { $n } days, and gaps don't matter. What you told me before them is still here.

back-off = I'm not keeping your check-ins, so there are no days to look back on. You can change that in **Settings**. If you don't want to, that's fine too.

back-minor = Because you're under 18, I keep none of your check-ins. So there's nothing here to look back on, and nothing for anyone to find.

back-kept-before = These are from before. Right now I keep no new check-ins.

back-no-picture = I can't show a picture here. This is what would be in it:

# "by" is how many points higher mood was.
back-better = Better days went with { $what ->
    [pull] little pull
    [low] a low second number
    [used] not using
    [kept] keeping to your path
    [note] writing a note
    [weekend] the weekend
    [weekday] Monday to Friday
    [slept] nights you slept well, 7 or more of 10
    [hungry] having eaten
    [angry] little anger
    [lonely] feeling less alone
   *[tired] not being worn out
}: { $discreet ->
    [yes] the first number
   *[no] mood
} was about { $by ->
    [one] one point
   *[other] { $by } points
} higher. The two went together; that doesn't tell us why.

back-urges = { $met ->
    [one] There was one day with { $discreet ->
        [yes] a second number of 4 or more. You kept to your path through it.
       *[no] a pull of 4 or more. You got through it without using.
    }
   *[other] There were { $met } days with { $discreet ->
        [yes] a second number of 4 or more. You kept to your path through { $all ->
            [yes] all of them.
           *[no] { $handled } of them.
        }
       *[no] a pull of 4 or more. You got through { $all ->
            [yes] all of them without using.
           *[no] { $handled } of them without using.
        }
    }
}

# Several paths, or one beside the main one, are told apart by name.
back-path = { $which ->
    [only] {""}
   *[other] { path-name }:{" "}
}{ $answered ->
    [one] On the one day you told me about, you were on your path.
   *[other] { $all ->
        [yes] On all { $answered } days you told me about, you were on your path.
       *[no] You told me about { $answered } days. On { $on } of them, you were on your path.
    }
}

chart-title = { $n } days
chart-mood = { $discreet ->
    [yes] First
   *[no] Mood
}
chart-pull = { $discreet ->
    [yes] Second
   *[no] Pull
}

button-lookback = Look back
button-back-7 = 7 days
button-back-30 = 30 days
button-back-90 = 90 days
button-back-pic-7 = 7 days as a picture
button-back-pic-30 = 30 days as a picture
button-back-pic-90 = 90 days as a picture
