# Un ejercicio que está en pausa, en español.

guide-takes = { $n ->
    [one] Dura un minuto, más o menos.
   *[other] Dura unos { $n } minutos.
}
guide-stuck = Algo falló de mi lado y el ejercicio se detuvo. No es por nada que hayas hecho.
