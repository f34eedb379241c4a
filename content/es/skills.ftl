# Todos los ejercicios para elegir, y los que se dejan fuera. En español.

button-skills = Mis ejercicios
button-skills-all = Según lo que pesa
button-skills-off = Los que no son para mí
button-cope-once = Hacerlo solo esta vez
button-cope-about = Sobre este ejercicio
button-cautions = Dejar algunos fuera
button-out-breath = Dejar fuera respirar contando
button-out-cold = Dejar fuera el agua fría
button-out-effort = Dejar fuera el esfuerzo físico
button-out-inward = Dejar fuera mirar hacia dentro
button-out-food = Dejar fuera la comida
button-out-outside = Dejar fuera salir a la calle
button-with-breath = Incluir respirar contando
button-with-cold = Incluir el agua fría
button-with-effort = Incluir el esfuerzo físico
button-with-inward = Incluir mirar hacia dentro
button-with-food = Incluir la comida
button-with-outside = Incluir salir a la calle
page-cautions = Ejercicios que dejo fuera

skills-yours = **Los que guardaste.** Toca uno para empezar.

skills-which = **Todos los ejercicios**, según lo que pesa. ¿Qué lista quieres ver?

# Dos de las cosas difíciles, en un botón, cuando alguien puede estar mirando.
cope-discreetly = { $state ->
    [craving] Hay mucho ruido
   *[shame] Culpa
}

skills-for = **{ $state ->
    [craving] { $discreet ->
        [yes] Para cuando hay mucho ruido
       *[no] Para unas ganas fuertes
    }
    [anxiety] Para el miedo o la angustia
    [anger] Para la rabia
    [low] Para cuando todo pesa
    [sleepless] Para una noche sin dormir
    [lonely] Para la soledad
    [bored] Para el aburrimiento o la inquietud
    [grief] Para el duelo
    [celebration] Para una fiesta o una buena noticia
   *[shame] { $discreet ->
        [yes] Para la culpa
       *[no] Para después de una recaída
    }
}.** Toca uno para empezar.

skills-left-out = Los que dejaste fuera no salen aquí.

skills-unwanted = **No son para ti**, así que no te los ofrezco. Si tocas uno, vuelve a estar entre los tuyos.

skills-none = En esta lista no hay nada ahora mismo.

skills-further = Más de esta lista

settings-cautions =
    {""}**Ejercicios que dejas fuera**
    Toca lo que prefieras dejar fuera. No te ofrezco nada que lo lleve, y no hace falta que digas por qué.

left-out-first = Dejaste fuera { $caution ->
    [breath] respirar contando
    [cold] el agua fría
    [effort] el esfuerzo físico
    [inward] mirar hacia dentro
    [food] la comida
   *[outside] salir a la calle
}, y este ejercicio lo lleva. Tú eliges, ahora y siempre que quieras.

exercise-evidence = { $tier ->
    [trials] **Qué se sabe:** se ha probado en estudios, así o de una forma parecida, y algo bueno se encontró. A unas personas les ayuda y a otras no.
    [tested] **Qué se sabe:** es una parte de programas que se han probado en estudios. Cuánto hace esta parte sola, no se sabe.
   *[peers] **Qué se sabe:** viene de gente que ha pasado por esto y de quien estuvo a su lado. En estudios no se ha probado.
}
