home-own = *Vos régénérations*
home-all = *Les régénérations de tout le monde*
home-hello = *Bonjour ! Je régénère une séquence d'une vidéo IACrea.*
home-hello-start = Appuyez sur le bouton, ou tapez { $command } dans un canal : choisissez la vidéo, la séquence et, si vous le souhaitez, un autre effet ou une autre image.
home-hello-then = Un message y montre l'avancement ; je vous préviens dans son fil quand c'est prêt.
home-hello-cost = Régénérer coûte des crédits. Je demande avant de régénérer plusieurs séquences, ou d'annuler un rendu en cours.
home-spent = { $credits ->
    [0] Vous n'avez dépensé aucun crédit ce mois-ci
    [one] Vous avez dépensé { $credits } crédit ce mois-ci
   *[other] Vous avez dépensé { $credits } crédits ce mois-ci
}
button-open-form = Régénérer une séquence…
home-videos = *Vidéos sur lesquelles vous avez travaillé*
home-request = Demande
home-storyboard = Storyboard
home-close = Fermer
home-taken = C'est en route : son message paraît dans { $channel }, et le résultat dans son fil. S'il y a une question à poser avant, je la pose ici, ou en message direct une fois cette fenêtre fermée.
home-taken-direct = C'est en route : son message paraît dans nos messages directs. S'il y a une question à poser avant, je la pose ici, ou là-bas une fois cette fenêtre fermée.
button-regenerate-video = Régénérer…
button-regenerate-video-of = Régénérer des séquences de { $video }…
button-again-which = Refaire la demande { $number } : { $what }
button-retry-which = Relancer la demande { $number } : { $what }
button-keep-watching-which = Continuer le suivi de la demande { $number } : { $what }
button-stop-watching-which = Arrêter le suivi de la demande { $number } : { $what }
