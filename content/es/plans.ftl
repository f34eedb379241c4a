# Planes "si pasa esto, hago aquello": las dos mitades de la frase con que se lee un plan, y su lista.

plan-said = Si **{ plan-if }**, entonces **{ plan-then }**

# Empieza en mitad de una frase y no lleva punto.
plan-if = { $situation ->
    [offered] me ofrecen
    [asked] me piden demasiado
    [argument] hay una discusión
    [evening] paso la noche a solas
    [payday] llega dinero
    [party] estoy en una fiesta
    [celebration] hay algo que celebrar
    [body] tengo dolor o no puedo dormir
    [bad_news] llegan malas noticias
    [place] paso por ese lugar
    [bored] me aburro
    [work] termino de trabajar
    [person] aparece o llama cierta persona
    [own] { $situation_own }
   *[other] se pone difícil
}

# Termina la frase.
plan-then = { $response ->
    [no] { $situation ->
        [offered] digo: hoy no, y me pido un refresco.
        [party] digo: hoy no, y me pido un refresco.
        [celebration] digo: hoy no, y me pido un refresco.
       *[other] digo: hoy no, y lo dejo ahí.
    }
    [leave] me voy de ahí, y ya diré por qué otro día.
    [way] vuelvo a casa por otro camino.
    [pay] pago primero lo pendiente y dejo la tarjeta en casa.
    [timeout] salgo un rato y digo a qué hora vuelvo.
    [call] llamo a alguien y le digo cómo estoy.
    [text] escribo a una persona, aunque sean dos palabras.
    [people] voy a donde haya gente.
    [walk] camino diez minutos.
    [breathe] respiro despacio durante tres minutos.
    [delay] espero diez minutos antes de decidir.
    [tape] pienso en cómo quiero despertar mañana.
    [senses] nombro cinco cosas que veo.
    [eat] bebo agua y como algo.
    [small] hago una cosa pequeña que pueda terminar.
    [shower] me doy una ducha caliente y me acuesto.
    [own] { $response_own }.
   *[other] hago una cosa pequeña.
}

# Con palabras discretas solo se dice que hay uno.
plan-met = { $discreet ->
    [yes] Tienes un plan que quizá venga al caso. Está en **mis planes**.
   *[no] Tienes un plan que quizá venga al caso:
    { plan-said }
}

own-more = Con unas palabras más se entenderá también otro día.

plans-line = { $n }. { plan-said }

plans-none = Todavía no hay planes. Uno se hace en dos pasos: un **si**, y lo que haces **entonces**.
plans-no-older = No hay más antiguos.

plans-remove = Borrar el { $n }

button-plans = Mis planes

kind-plan = { $n ->
    [one] { $n } plan para un momento difícil
   *[other] { $n } planes para momentos difíciles
}{ since-day }
