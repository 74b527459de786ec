# Le formulaire. 24 caractères au plus pour les titres et les boutons, 150 pour les textes grisés.
form-title = Régénérer des séquences
form-loading = Un instant…
form-not-filled = Ce formulaire n'a pas pu être rempli, et rien n'a été lancé. Fermez-le et réessayez ; si cela n'aide pas, la personne qui me gère en trouvera la raison dans mon journal.
form-close = Annuler
form-video = Vidéo
form-video-placeholder = Nom, identifiant ou lien
form-choose-video = Choisissez une vidéo, et ses séquences apparaîtront ici.
form-unread = Je ne peux pas regarder cette vidéo pour le moment. Choisissez-la de nouveau dans une minute.
form-sequences = Séquences
form-sequences-placeholder = Choisissez-en { $most } au plus
form-group = { $first } à { $last }
form-effect = Effet
form-as-it-is = Comme actuellement
form-image = Nouvelle image
form-image-hint = Un lien qui commence par https://
form-channel = Où publier
form-channel-placeholder = Choisissez une conversation
form-cost = Chaque séquence coûte { $credits ->
    [one] { $credits } crédit
   *[other] { $credits } crédits
}.
form-cost-unknown = Chaque séquence coûte des crédits.
form-confirm = { $count ->
    [one] En régénérer { $count }
   *[other] Régénérer les { $count }
}
form-error-sequences = Choisissez au moins une séquence.
form-error-not-shown = Ses séquences ne sont pas encore affichées. Patientez un instant, ou choisissez de nouveau la vidéo.
form-error-channel = On ne peut pas y dépenser de crédits. Choisissez une autre conversation.
form-error-not-member = Ouvrez le formulaire dans cette conversation, ou rejoignez-la d'abord : seuls ses membres peuvent y dépenser des crédits.
form-use-image = Est-ce voulu ?
form-looking = Je regarde d'abord l'image. Si tout va bien, la régénération démarre toute seule, et vous pouvez fermer cette fenêtre.
form-started = C'est lancé : <{ $link }|voir là>.
form-told = Rien n'a encore été lancé : voyez ce que je vous ai écrit dans { $channel }.
