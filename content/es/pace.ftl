# Un ejercicio que está en pausa, en español.

guide-takes = { $n ->
    [one] Dura un minuto, más o menos.
   *[other] Dura unos { $n } minutos.
}
guide-stuck = Algo ha fallado por mi parte y el ejercicio se ha parado. No tiene nada que ver con lo que hiciste.
