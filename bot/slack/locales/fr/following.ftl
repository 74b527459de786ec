# Une vidéo suivie : sa carte dans le canal, et les réponses dans son fil.
follow-card = { $who } suit cette vidéo
follow-card-closed = { $who } a suivi cette vidéo
follow-card-somebody = Cette vidéo est suivie
follow-begins = Je regarde chez IACrea…
follow-free = Suivre ne coûte aucun crédit. Les échecs et la fin sont annoncés dans ce fil.
follow-failed-so-far = ⚠️ Échecs jusqu'ici : { $what }
follow-elsewhere = { $credits ->
    [one] 💳 { $credits } crédit a été utilisé entre deux consultations de cette vidéo, et pas par une demande faite ici : une relance d'IACrea, ou quelqu'un d'autre sur le même compte.
   *[other] 💳 { $credits } crédits ont été utilisés entre deux consultations de cette vidéo, et pas par une demande faite ici : des relances d'IACrea, ou quelqu'un d'autre sur le même compte.
}
follow-failed = { $who }, échec chez IACrea : { $what }.

follow-end = { $who }, { $how }
follow-end-done = la vidéo est prête.
follow-end-failed = IACrea indique que la vidéo a échoué.
follow-end-expired = la vidéo n'est toujours pas prête, j'ai donc arrêté de la suivre. IACrea n'avance que si quelqu'un regarde : appuyez sur Continuer le suivi et je reprends ; cela ne coûte rien.
follow-end-gone = IACrea ne connaît plus la vidéo, j'ai donc arrêté de la suivre.
follow-end-stopped = j'ai arrêté de suivre, à la demande de { $by }. IACrea n'avance que si quelqu'un regarde : appuyez sur Continuer le suivi et je reprends ; cela ne coûte rien.
follow-end-stopped-operator = j'ai arrêté de suivre, à la demande de la personne qui m'administre. IACrea n'avance que si quelqu'un regarde : appuyez sur Continuer le suivi et je reprends ; cela ne coûte rien.
follow-end-with = Échecs : { $what }.
follow-end-well = Aucun échec.
follow-closed-done = Prête
follow-closed-failed = Échec chez IACrea
follow-closed-expired = Pas prête à temps
follow-closed-gone = N'existe plus chez IACrea

follow-done-already = Il n'y a rien à suivre : la vidéo { $video } est prête.
follow-failed-already = Il n'y a rien à suivre : IACrea indique que la vidéo { $video } a échoué.
follow-is-here = Cette vidéo est déjà suivie ici, je n'ai donc pas recommencé.
follow-is-there = Cette vidéo est déjà suivie ici : <{ $link }|voir là>.
follow-too-many = { $most } vidéos sont déjà suivies, je n'en suis pas davantage à la fois. Arrêtez-en une, ou réessayez quand l'une sera prête. Regarder une vidéo ne coûte rien : { $example }.
follow-off = Le suivi de vidéos est désactivé ici. La personne qui m'administre peut l'activer.

button-follow = Suivre
button-follow-of = Suivre { $video }
help-watch = { $example }  suit la vidéo jusqu'à ce qu'elle soit prête, et annonce ici ce qui échoue
button-stop-watching-video = Arrêter le suivi de { $video }
status-followed = *Suivies ici*
status-followed-entry = 👀 { $who } · { $video }
