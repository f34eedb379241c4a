# Everything the program says outside flows, in English. Keys are fixed; the words are yours.
# The checker refuses a missing key, a placeholder another language lacks, and duplicates.

number = { $n }

when-asked = { $weekday ->
    [mon] Monday
    [tue] Tuesday
    [wed] Wednesday
    [thu] Thursday
    [fri] Friday
    [sat] Saturday
   *[sun] Sunday
} { $part ->
    [morning] morning.
    [afternoon] afternoon.
    [evening] evening.
    [past] as it was.
   *[night] night.
}

when-short = { $weekday ->
    [mon] Monday
    [tue] Tuesday
    [wed] Wednesday
    [thu] Thursday
    [fri] Friday
    [sat] Saturday
   *[sun] Sunday
}

## Meeting

welcome =
    I'm Alongside: a program, not a person, and nobody is watching.
    I'm good for a daily check-in and a way through a hard moment. I'm no doctor or therapist, and I can't call anyone for you.
    If it's urgent, tap **I need help now** at any time.

welcome-back = Good to see you.

welcome-back-open = Good to see you. This is still open:

question =
    You don't need to sign up for anything. I can tell you what I do and who can see what. I can't answer other questions yet.
    For a person to talk to, in many countries: findahelpline.com.

menu = Here's what we can do:

help =
    I'm a program for hard days and ordinary ones. You can check in with me in four taps, and see how your days have been with **look back**. Or find one thing to do for the next ten minutes.
    I can't diagnose, advise on medicine, or call anyone for you. I write first only if you asked me to.

help-words =
    These words always work: **help**, **back**, **skip**, **stop**, **menu**. And **help now** when it's urgent.

## Who can see what

privacy =
    I'm a program, and **nobody reads along**.
    This copy of Alongside runs on a computer: your own, or that of whoever set it up for you. What you let me keep is locked before it's stored there, with a key used only for you.
    Whoever runs this copy holds the main key. They could open what's kept if they chose to.
    Anyone who can use this device or this chat can read what's on the screen. I can't remove that. If this is a chat app, our messages pass through the company behind it too.
    I send nothing anywhere else.

privacy-leave = To see all I keep: /mydata. To change what's kept: /settings. To remove everything: /forget.

## Leaving

forget-receipt =
    Done. Everything about you is removed from my storage, and so is the key it was locked with.
    Two things I can't reach: the messages already on your screen, and any backup that whoever runs this made of these files. A backup stays readable to them until they delete it.
    If you come back one day, you'll be new here, and welcome.

stopped = Stopped. Nothing is open now.

stop-kept = Stopped. What you had already answered is kept.

stop-idle = Nothing is open, and I write first only if you asked me to. To remove everything I know about you: /forget.

## In a form

still-open = You had already started:

resume-lead = Back to where we were:

cannot-skip = I do need this one. You can also say **stop** or **back**.

first-question = This is the first question, there's nothing before it.

nothing-open = There's no question open just now.

stale-tap = That button belongs to an earlier question, so I left things as they are.

unknown-command = I don't know that command.

form-changed = The question you were at is gone, because this form was changed.

form-changed-kept = The question you were at is gone, because this form was changed. What you had already answered is kept.

closed-late = The questions from { when-short } are closed now, and that's fine.

closed-late-kept = The questions from { when-short } are closed now. What you had answered is kept.

about-day = This is about { when-short }.

heard-nothing = No words came through. Could you send that once more?

change-nothing = There's no check-in from today or yesterday to change.

change-not-asked = That one wasn't part of your check-in, so there's nothing to change.

note-off = I keep none of your own words just now, so I can't take a note.

## Misheard: three wordings for each kind of question

scale-unsure = Not knowing is fine. We leave that one out.
retry-scale-1 = I was hoping for a number from { $lowest } to { $highest }. Your best guess is fine.
retry-scale-2 = A tap on one of the numbers is enough, or stop if you'd rather.
retry-scale-3 = We seem to be stuck, and that's on me. Tap a number, or one of the words beside them.

retry-choice-1 = I didn't catch which one you meant. Could you pick one of these?
retry-choice-2 = One tap on the closest one is enough. None has to fit exactly.
retry-choice-3 = I can't make it out, sorry. Tap the closest one, or stop here.

retry-multi-1 = I didn't catch that. Tap each one you want on, then **Go on**.
retry-multi-2 = A tap turns one on or off. **Go on** with none of them on is fine too.
retry-multi-3 = Sorry, I still don't follow. Tap **Go on**, or skip this one, or stop.

retry-text-1 = I can take up to { $longest } characters. Could you say it a bit shorter?
retry-text-2 = That's still more than I can take in one go ({ $longest } characters). The first few sentences will do.
retry-text-3 = I can't take it in that length, sorry. A few words, or leave it for now.

retry-yes-no-1 = A yes or a no is all I need.
retry-yes-no-2 = Tap one of the two, whichever is closer.
retry-yes-no-3 = I can't tell, sorry. Yes, no, or leave it.

retry-number-1 = I need a number from { $lowest } to { $highest } here.
retry-number-2 = Just the digits, please. Or tap one that's close.
retry-number-3 = I can't read that as a number, sorry. Try once more, or leave it.

retry-time-1 = I need a time, like 20:30 or 8pm.
retry-time-2 = Hours and minutes are enough, like 7:15. Or tap one of these.
retry-time-3 = I can't read that as a time, sorry. Tap one, or leave it.

retry-date-1 = I need a day, like today, 2026-03-01 or 1 March.
retry-date-2 = Year, month and day with dashes always works: 2026-03-01.
retry-date-3 = I can't read that as a day, sorry. Tap one, or leave it.

retry-confirm-1 = To be safe I need a clear yes or no.
retry-confirm-2 = Nothing happens until you tap yes. Which is it?
retry-confirm-3 = I'll do nothing unless you say yes. Yes, no, or stop.

## Buttons

button-next = Go on
button-skip = Skip
button-back = Back
button-stop = Stop
button-yes-no-yes = Yes
button-yes-no-no = No
button-confirm-yes = Yes, do it
button-confirm-no = No, leave it
button-today = Today
button-yesterday = Yesterday
button-join = Start
button-crisis = I need help now
button-question = Just a question
button-lang-en = English
button-lang-es = Español
button-menu = What can you do?
button-help = What are you?
button-privacy = Who can see this?
button-settings = Settings
button-forget = Remove everything
button-change = Change an answer
button-note = Add a note
button-resume = Back to the question

## When something is broken

store-down-again = I could not save that. Nothing you said before is lost, but this is. Please say it again in a little while.

store-down-redelivered = I can't save anything just now. Your message isn't lost: I'll answer it when I can.

turn-failed = Something went wrong on my side, and I could not take that in. It's nothing you did.

answer-broken = I took that in, but I can't show you my answer to it. That's a fault of mine, and whoever runs this can find it.

## The terminal

terminal-opening = Type a number or a word. /quit closes this window; nothing is lost when you do.
terminal-closing = Bye. Open it again whenever you like.

## In a hard moment

call-now = **Call { $number } now**, or let someone call.

call-now-anywhere = **Call your emergency number now**, or let someone call:

call-now-here = **If someone could die or be badly hurt, call your local emergency number now**, or let someone call.

call-if-danger = **If someone could die or be badly hurt, call { $number } now.**

# Each way is "none" where the service does not have it.
line = **{ $service }**{ $call ->
    [none] {""}
   *[some] { " · " }call { $call }
}{ $option ->
    [none] {""}
   *[some] , then press { $option }
}{ $word ->
    [none] { $text ->
        [none] {""}
       *[some] { " · " }text { $text }
    }
   *[some] { " · " }text { $word } to { $text }
}{ $chat ->
    [none] {""}
   *[some] { " · " }{ $chat }
}{ $always ->
    [no] {""}
   *[yes] { " · " }free, day and night
}

button-rather-not = Rather not say
button-care-elsewhere = Somewhere else
button-noticed = What was noticed
button-erase-noticed = Erase all of it
button-stop-notes = Stop the notes

noticed-some = { $n ->
    [one] Once I offered help in a hard moment. I kept the day, how urgent it seemed and what it was about, never your words.
   *[other] { $n } times I offered help in a hard moment. I kept the day, how urgent it seemed and what it was about, never your words.
}

noticed-line = { $weekday ->
    [mon] Monday
    [tue] Tuesday
    [wed] Wednesday
    [thu] Thursday
    [fri] Friday
    [sat] Saturday
   *[sun] Sunday
}, { date-words }: { noticed-level }

noticed-level = { $level ->
    [emergency] it seemed to be happening right then.
    [crisis] it seemed serious.
   *[concern] it seemed heavy.
}

noticed-none = Nothing is kept of any hard moment.

noticed-notes = { $n ->
    [one] One short note is still to come.
   *[other] { $n } short notes are still to come.
}

noticed-erased = Done. Nothing of those moments is kept any more.
