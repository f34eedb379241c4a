# Around the check-in: the pair of morning and evening, the extra page, one's own questions, notes.

pair-on = **Morning and evening** is on. A morning check-in begins with one thing for the day, and the evening one asks how it went. I won't write first about it.

pair-off = **Morning and evening** is off. Your check-in is as it was before.

pair-needs-keeping = For that I'd need to keep your check-ins. In the evening I can only ask about a morning I've kept. You can switch that on in **Settings**.

more-needs-keeping = For that I'd need to keep your check-ins, and just now I don't. The page is there whenever you ask for it.

more-is-on = From now on the extra page comes after an ordinary check-in, and waits behind a button on a hard day. You can skip any of it.

more-is-off = The extra page is folded away again. When you want it, tap **More about today** under a check-in.

questions-off = Your own questions are in your own words, and just now I'm not keeping those here. So there's nowhere to put them.

notes-none = You have no notes here.

notes-no-older = There are no older notes.

notes-not-found = I found no note with that. Part of a word works too.

notes-narrow = { $n ->
    [one] One older note has it too. Add a word to narrow it down.
   *[other] { $n } older notes have it too. Add a word to narrow it down.
}

notes-line = **{ $weekday ->
    [mon] Monday
    [tue] Tuesday
    [wed] Wednesday
    [thu] Thursday
    [fri] Friday
    [sat] Saturday
   *[sun] Sunday
}, { $date }**
    { $note }

button-older = Older
button-pair = Morning and evening
button-more-on = Ask this every time
button-more-off = Only when I ask
button-notes = My notes

since-when = { $part ->
    [past] on that day
   *[other] since yesterday
}

still-open-day = { $part ->
    [past] {""}
   *[other] {" "}Today is still open.
}

kept-first = { $keep_checkins ->
    [yes] That's kept.{" "}
   *[no] {""}
}
