# What is the member's: their data, their settings, and what may be kept. In English.

date-words = { $day } { $month ->
    [jan] January
    [feb] February
    [mar] March
    [apr] April
    [may] May
    [jun] June
    [jul] July
    [aug] August
    [sep] September
    [oct] October
    [nov] November
   *[dec] December
} { $year }

# The end of a count, where it is known since when there are any.
since-day = { $year ->
    [none] {""}
   *[some] , since { date-words }
}

only-in-private = That belongs in a private chat. Write to me there, and I'll show you.

welcome-back-name = Good to see you, { $name }.

## What is kept, by kind

kind-checkin = { $n ->
    [one] { $n } check-in
   *[other] { $n } check-ins
}{ since-day }

kind-note = { $n ->
    [one] { $n } note
   *[other] { $n } notes
}{ since-day }

kind-lapse = { $n ->
    [one] { $n } talk after a lapse
   *[other] { $n } talks after a lapse
}{ since-day }

kind-more = { $n ->
    [one] { $n } extra page
   *[other] { $n } extra pages
}{ since-day }

kind-morning = { $n ->
    [one] { $n } morning with one thing for the day
   *[other] { $n } mornings with one thing for the day
}{ since-day }

kind-crisis = { $n ->
    [one] { $n } time I offered help in a hard moment
   *[other] { $n } times I offered help in a hard moment
}{ since-day }

kind-other = { $n } of the kind “{ $name }”{ since-day }

## Everything kept, on a page

mydata = **This is what I keep about you:**

mydata-none = I keep no answers and no words of yours.

mydata-open = { $n ->
    [one] A question that's open, with what you've answered so far
   *[other] { $n } questions that are open, with what you've answered so far
}

mydata-promises = { $n ->
    [one] { $n } promise to write to you
   *[other] { $n } promises to write to you
}

mydata-care = What I last offered in a hard moment, so I don't say the same thing twice

mydata-coping = What you last told me was hard, how hard, and the last ways through, so I don't ask twice

mydata-practised = The day I last offered you an exercise to practise

mydata-exercises = The exercises you keep, and those you left out

mydata-tracks = { $n ->
    [one] { $n } count of days, with the day it began
   *[other] { $n } counts of days, with the days they began
}

mydata-settings = Your settings: whether you're 18 or over, what brings you here, your language and your time{ $country ->
    [no] {""}
   *[yes] , your country
}{ $name ->
    [no] {""}
   *[yes] , your nickname
}{ $questions ->
    [0] {""}
   *[other] , questions of your own
}

mydata-who =
    It's locked with a key used only for you. Whoever runs this copy of Alongside holds the main key and could open it.
    Anyone who can use this chat can open this page too.

mydata-visitor =
    You haven't started, so I keep no answers of yours.
    I do remember your language, roughly where you are, and a question that's open. All of that is gone a day after your last answer.

mydata-no-files = I can't hand over files in this chat. In one that takes files, I can give you everything.

mydata-file-reading = This one is for reading: everything I keep about you, in words.

mydata-file-data = This one is for programs: the same things, just as I keep them.

mydata-file-care = Anyone who can use this device can open them. Keep them where only you can look.

## Everything kept, as a file to read

reading-title = Everything kept about you, on { date-words }
reading-gap = · · ·
reading-day = { when-short }, { date-words }
reading-changed = You changed this later.
reading-partial = You stopped before the end.
reading-promise = I said I'd write to you on
reading-question = A question of your own
reading-track = Days counted since
reading-pause = Paused
reading-earlier = On this path before
reading-limit = At most, in any seven days
reading-fresh = Shown only from
reading-ended = Not counted since
reading-earned = Highest mark I told you of, in days
reading-age = Age: { $age ->
    [adult] 18 or over
    [minor] under 18
   *[unknown] not asked
}
reading-open = In a question that's open
reading-care = I last offered help in a hard moment on

noticed-about = { $category ->
    [overdose] It was about an overdose.
    [withdrawal] It was about feeling ill after stopping.
    [medical] It was about your body.
    [child] It was about a child.
    [psychosis] It was about seeing or hearing things.
    [suicide] It was about thoughts of dying.
    [abuse] It was about someone hurting you.
    [violence] It was about violence.
    [self-harm] It was about hurting yourself.
    [other-person] It was about somebody else.
    [lapse] It was about a lapse.
    [grief] It was about grief.
   *[other] It was about feeling very low.
}

## What is kept, with its switches

kept-checkins = Right now I keep your check-ins, and the days when I offered help in a hard moment.

kept-no-checkins = I keep no new check-ins: your answers are gone once a check-in is done.

kept-words = I keep your own words, such as notes.

kept-no-words = I keep none of your own words.

kept-nothing = Right now I keep no new answers: only your settings, and a question while it's open.

kept-before = A tap changes it at once, from now on. What I kept before stays until you erase it.

kept-minor = You're under 18, so I keep no new answers: none of your check-ins, none of your words. There's nothing to switch and nothing you need to do.

kept-visitor = Right now I keep none of your answers.

erase-nothing = There's nothing there to erase.

erase-not = Nothing was erased.

erased-checkins = Done. Those are erased. A backup made by whoever runs this may still hold them until it's deleted.

erased-words = Done. Your words are erased. A backup made by whoever runs this may still hold them until it's deleted.

## Settings, a page at a time

settings-page =
    {""}**Your settings**
    Language: { reading-language }
    Country: { set-country }
    Your time: { set-time }
    Day begins: { set-starts }
    What brings you: { set-path }
    Nickname: { set-name }
    Discreet wording: { set-discreet }
    Kept: { $checkins ->
        [yes] { $words ->
            [yes] check-ins and your own words
           *[no] check-ins
        }
       *[no] { $words ->
            [yes] your own words
           *[no] nothing new
        }
    }

reading-language = { $language ->
    [en] English
    [es] Español
   *[other] { $language }
}

set-country = { $country ->
    [none] not said
   *[some] { $country }
}

set-time = { $clock }, { when-short }{ $city ->
    [none] {""}
   *[some] {" "}({ $city })
}

set-starts = { $starts ->
    [midnight] at midnight
    [two] 2 in the morning
    [six] 6 in the morning
    [noon] at noon
   *[four] 4 in the morning
}

set-path = { $discreet ->
    [yes] not shown
   *[no] { $path ->
        [stop] to stop using
        [less] to cut down
        [safer] safer use
        [mood] your mood
        [someone] someone you care about
       *[unsaid] not said
    }
}

set-name = { $named ->
    [yes] { $name }
   *[no] none
}

set-discreet = { $discreet ->
    [yes] on
   *[no] off
}

settings-where =
    {""}**Where and when**
    Country: { set-country }
    Your time: { set-time }
    Day begins: { set-starts }

settings-how =
    {""}**How I talk to you**
    What brings you: { set-path }
    Nickname: { set-name }
    Discreet wording: { set-discreet }
    Discreet wording leaves out your nickname and what your check-in is about, in case someone sees your screen.

settings-checkins =
    {""}**Check-ins**
    Morning and evening: { $pair ->
        [yes] on, the evening asks about the morning's one thing
       *[no] off
    }
    Extra page: { $more ->
        [yes] comes after an ordinary check-in
       *[no] only when you ask for it
    }

settings-unasked =
    {""}**Messages from me**
    { $quiet ->
        [off] I don't write first until you switch it back on.
        [yes] I don't write first until { date-words }.
       *[no] I write first only if you asked me to.
    }

settings-changed = Changed, from now on.

settings-done = All set. You can come back any time with /settings.

zone-none = None of these

zone-fixed = I'll go by that time. It won't shift when the clocks change, so tell me a city when you can.

nickname-not-here = I can't keep words from this chat, so no nickname either.

page-kept = What is kept
page-language = Language
page-where = Where and when
page-how = How I talk to you
page-checkins = Check-ins
page-unasked = Messages from me
page-done = Done
page-back = Back to settings
page-country = Country
page-zone = My time
page-day = When my day begins
page-path = What brings me
page-nickname = Nickname
page-noname = No nickname
page-again = Write first again

button-kept = What is kept
button-keep-checkins = Keep my check-ins
button-drop-checkins = Stop keeping check-ins
button-keep-words = Keep my own words too
button-drop-words = Stop keeping my words
button-erase-checkins = Erase check-ins so far
button-erase-hard = Erase what was hard last
button-erase-words = Erase my words so far
button-mydata = My data
button-mydata-files = Everything as files
button-language = Change language
button-country = Change country
button-zone = Change my time
button-day = When my day begins
button-reason = What brings me
button-nickname = Nickname
button-discreet-on = Discreet wording
button-discreet-off = No discreet wording
page-pair = Morning and evening
page-more = Extra page each time
