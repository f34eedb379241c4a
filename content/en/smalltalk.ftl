# Around small talk: what no entry knows, noting one's own words, and being left alone.

heard-you = I've read that. I'm a program with set sentences, and I'd rather say that none fits than pretend.

cannot-answer =
    I can't answer that yet. I can tell you what I do and who can see what, and find one thing for the next ten minutes.
    For a person to talk to, in many countries: findahelpline.com.

note-this-kept = Noted in today, in your own words.

note-this-gone = I no longer have those words. I hold them only until the next thing you do. You can write them as a note.

stop-choices =
    Nothing is open, and you don't have to answer anything. You can choose how quiet I am:
    a **pause**: for a week I write nothing first, except notes you said yes to;
    or **nothing first**: the same until you switch it back on, and those notes are let go of too;
    or **remove everything**: all I know about you goes for good, after one question.

stop-when-paused =
    Nothing is open. I write nothing first until { when-short }, { $date }, except notes you said yes to.
    You can end that, make it last, or remove everything I know about you.

stop-when-off = Nothing is open, and I write nothing first. You can switch that back on, or remove everything I know about you.

paused = Paused until { when-short }, { $date }. I write nothing first until then, except notes you said yes to. When you write, I answer as always.

switched-off = Done. I write nothing first any more, and the notes I had promised are let go of. When you write, I answer as always. To switch it back: /on.

switched-on = Done. I may write first again, but only what you ask me to.

button-note-this = Note it in today
button-pause = Pause for a week
button-off = Write nothing first
button-on = Write first again
