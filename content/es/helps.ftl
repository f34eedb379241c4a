# Qué me ayuda, en español: qué alivió qué, con los números de cada persona, y por qué se ofrecen estos.

button-helps = Qué me ayuda
button-why-these = ¿Por qué estos?

helps-title = **Lo que te ayuda, según tus números**

# De un ejercicio, debajo de su nombre. "none" es algo que no se debe nombrar.
helps-so = { $times ->
    [0] De { $of } veces, no bajó ninguna
   *[other] { $state ->
        [craving] Las ganas bajaron después
        [anxiety] El miedo bajó después
        [anger] La rabia bajó después
        [low] El peso bajó después
        [sleepless] El desvelo bajó después
        [lonely] La soledad bajó después
        [bored] La inquietud bajó después
        [grief] El dolor bajó después
        [celebration] Las ganas bajaron después
        [shame] El mal rato bajó después
       *[none] Bajó después
    } { $times ->
        [one] una vez de { $of }
       *[other] { $times } veces de { $of }
    }
}{ $change ->
    [some] , más o menos de { $before } a { $after }.
    [little] , menos de un punto.
   *[none] , y quedó más o menos igual.
}

helps-how = Cuento lo que marcaste antes y después. Lo que no hizo más que la simple espera no aparece.

helps-none = Todavía no destaca nada, y está bien. Podré decirte algo cuando hagas un ejercicio tres veces para lo mismo, con un número antes y otro después.

helps-off = No guardo tus registros, así que no sé qué te ha ayudado. Si quieres, lo cambias en **Ajustes**. Y si no, también está bien.

helps-minor = Como tienes menos de 18 años, no guardo nada de los ejercicios que haces. Por eso no puedo decirte qué te ayuda. Quizá lo notes mejor que yo.

# Lo que se dice de esperar en lugar de "te calmó las ganas".
cope-waited = Solo con el tiempo, bajó { $times } veces de { $of }.

# Lo que se dice de un ejercicio tras el que bajó, si esperar sin más bajó lo mismo.
cope-no-more = Bajó { $times } veces de { $of }. Solo esperar te sirvió igual; las dos cosas son tuyas.

these-how = Primero va lo que te alivió más que la simple espera; lo demás, según lo que se sabe de cada uno. El último es uno que no has probado para esto, si queda, y ninguno se repite en un día mientras haya otros.

these-few = Lo has marcado { $n ->
    [one] una vez
   *[other] { $n } veces
} para esto. A partir de tres te digo qué hace.

these-unrated = { $tried ->
    [yes] Ya lo probaste, pero sin un número antes y otro después.
   *[no] No lo has probado para esto.
} { $tier ->
    [1] Hay estudios de esto, o de algo muy parecido, a su favor.
    [2] Es parte de programas que se han puesto a prueba.
   *[3] Lo recomienda gente que ha pasado por ahí.
}

these-wait = { $measured ->
    [no] No has marcado lo de solo esperar para esto, así que no resto nada.
    [few] Has marcado lo de solo esperar una o dos veces, así que resto poco.
   *[yes] { $by ->
        [0] Solo esperar te baja menos de medio punto, así que casi no resto nada.
        [one] Solo esperar te baja más o menos un punto, y eso lo resto.
       *[other] Solo esperar te baja unos { $by } puntos, y eso lo resto.
    }
}
