# All exercises to choose from, and the kinds that are left out. In English.

button-skills = My exercises
button-skills-all = By what's hard
button-skills-off = The ones not for me
button-cope-once = Do it this once
button-cope-about = About this one
button-cautions = Leave some kinds out
button-out-breath = Leave out counted breathing
button-out-cold = Leave out cold water
button-out-effort = Leave out physical effort
button-out-inward = Leave out looking inward
button-out-food = Leave out food
button-out-outside = Leave out going out
button-with-breath = Counted breathing is fine again
button-with-cold = Cold water is fine again
button-with-effort = Physical effort is fine again
button-with-inward = Looking inward is fine again
button-with-food = Food is fine again
button-with-outside = Going out is fine again
page-cautions = Exercises left out

skills-yours = **The ones you kept.** A tap begins one.

skills-which = **All exercises**, by what's hard. Which list would you like to see?

# Two of what may be hard, on a button, where somebody may look on.
cope-discreetly = { $state ->
    [craving] It's loud
   *[shame] Hard on myself
}

skills-for = **{ $state ->
    [craving] { $discreet ->
        [yes] For when it's loud
       *[no] For a craving
    }
    [anxiety] For fear or worry
    [anger] For anger
    [low] For when everything is heavy
    [sleepless] For a night without sleep
    [lonely] For feeling lonely
    [bored] For being bored or restless
    [grief] For grief
    [celebration] For a party or good news
   *[shame] { $discreet ->
        [yes] For being hard on yourself
       *[no] For shame after a slip
    }
}.** A tap begins one.

skills-left-out = The kinds you left out aren't here.

skills-unwanted = **Not for you**, so I don't offer these. A tap puts one among your own again.

skills-none = There's nothing on this list just now.

skills-further = More of this list

settings-cautions =
    {""}**Exercises left out**
    Tap what you'd rather leave out. I won't offer anything with it, and you don't have to say why.

left-out-first = You left out { $caution ->
    [breath] counted breathing
    [cold] cold water
    [effort] physical effort
    [inward] looking inward
    [food] food
   *[outside] going out
}, and this exercise has it. It's your choice, now and any other time.

exercise-evidence = { $tier ->
    [trials] **How well it's known:** studies have tried it, in this form or one close to it, and found some good in it. It doesn't help everyone.
    [tested] **How well it's known:** it's one part of programs that were tried out in studies. Nobody knows how much this part alone does.
   *[peers] **How well it's known:** it comes from people who have been there, and from those who stood by them. It hasn't been tried out in studies.
}
