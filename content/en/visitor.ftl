# Before the welcome, and where somebody stops.

# Once it was said what this is: to another hello, and to words that nothing has an answer for.
visitor-again = Hello. This is open to you, and **Start** can wait:

visitor-unheard = I've read that, but I have no good answer to it. This may be of use, and **Start** can wait:

visitor-later = For that I'd have to keep something about you, so it comes after **Start**. What's below is open to you now:

helps-visitor = I can't tell yet. Before **Start** I count nothing, so I don't know what has helped you. You may know best.

exercise-visitor = I keep none of these numbers. After **Start** I could remember what helped you, if you let me.

cope-enough = All right, I'll leave it at that. If it comes back, just write. And if a person would be better now, I can help you reach one.

pause-sure = The question can wait as long as you like. Did you mean a whole week in which I don't write first?
