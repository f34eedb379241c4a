# If-then plans, in English: the halves of the sentence a plan is read back as, and the list of them.

plan-said = If **{ plan-if }**, then **{ plan-then }**

# Begins in the middle of a sentence and has no full stop.
plan-if = { $situation ->
    [offered] I'm offered one
    [asked] too much is asked of me
    [argument] there's an argument
    [evening] I'm alone in the evening
    [payday] money comes in
    [party] I'm at a party
    [celebration] there's something to celebrate
    [body] I'm in pain or can't sleep
    [bad_news] bad news comes
    [place] I pass that place
    [bored] I'm bored
    [work] I'm done with work
    [person] a certain person calls or turns up
    [own] { $situation_own }
   *[other] it gets hard
}

# Ends the sentence.
plan-then = { $response ->
    [no] { $situation ->
        [offered] I say: not tonight, and get a soft drink of my own.
        [party] I say: not tonight, and get a soft drink of my own.
        [celebration] I say: not tonight, and get a soft drink of my own.
       *[other] I say: not tonight, and leave it at that.
    }
    [leave] I get out of there, and say why another day.
    [way] I take another way home.
    [pay] I pay what's due first, and leave my card at home.
    [timeout] I step out, and say when I'll be back.
    [call] I call someone and say how it is.
    [text] I text one person, even if it's only a line.
    [people] I go where people are.
    [walk] I walk for ten minutes.
    [breathe] I breathe slowly for three minutes.
    [delay] I wait ten minutes before I decide.
    [tape] I think ahead to tomorrow morning.
    [senses] I name five things I can see.
    [eat] I drink some water and eat something.
    [small] I do one small thing that I can finish.
    [shower] I take a warm shower and go to bed.
    [own] { $response_own }.
   *[other] I do one small thing.
}

# Wording for someone looking on says only that there is one.
plan-met = { $discreet ->
    [yes] You have a plan that may fit. It's in **my plans**.
   *[no] You have a plan that may fit here:
    { plan-said }
}

own-more = A few more words, please, so that it still makes sense later.

plans-line = { $n }. { plan-said }

plans-none = You have no plans yet. One takes two taps: an **if**, and what you do **then**.
plans-no-older = There are no older ones.

plans-remove = Remove { $n }

button-plans = My plans

kind-plan = { $n ->
    [one] { $n } if-then plan
   *[other] { $n } if-then plans
}{ since-day }
