button-again = Régénérer à nouveau
button-again-cost = Régénérer encore · { $credits ->
    [one] { $credits } crédit
   *[other] { $credits } crédits
}
button-regenerate = Régénérer
button-regenerate-cost = Régénérer · { $credits ->
    [one] { $credits } crédit
   *[other] { $credits } crédits
}
button-retry = Réessayer
button-keep-watching = Continuer le suivi
button-stop-watching = Arrêter le suivi
button-watch = Regarder
button-storyboard = Storyboard
button-another-image = Autre image…
button-change = Modifier…
button-go-ahead = Régénérer quand même
button-go-ahead-several = Régénérer { $count } séquences
menu-another-effect = Autre effet
