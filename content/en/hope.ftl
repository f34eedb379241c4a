# The hope box, in English: own words and links for a bad night.

button-hope = Hope box
button-hope-add = Put something in
button-hope-remove = Take something out

hope-box = **In your hope box**, newest first:

hope-empty = Your hope box is empty so far. It holds your own words and links, for a night when they're hard to find.

button-hope-this = Put it in the box

hope-another = I haven't kept that one. Does it go into your hope box too?

hope-no-older = There's nothing more in your hope box.

hope-off = A hope box needs me to keep your own words, and I don't just now. One tap changes that. Then say **hope box** again.

hope-not-here = I can't keep words from this chat. A scrap of paper by the bed works as a hope box too.

hope-minor = Because you're under 18, I keep none of your words. A scrap of paper by the bed works as a hope box too.

kind-hope = { $n ->
    [one] { $n } thing in your hope box
   *[other] { $n } things in your hope box
}{ since-day }
