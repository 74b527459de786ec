# Ce qui est dit d'un lien vers une nouvelle image, avant toute annonce et toute dépense.
problem-picture-page = Ce lien ouvre une page web, pas l'image elle-même. Affichez l'image seule (clic droit, *Copier l'adresse de l'image*) et utilisez ce lien.
problem-picture-page-dropbox = Dropbox affiche là une page, pas une image. Utilisez le lien de l'image elle-même, pas celui de son dossier, et rendez-la visible à toute personne disposant du lien.
problem-picture-page-drive = Google Drive affiche là une page, pas une image. Partagez l'image elle-même, pas son dossier, avec toute personne disposant du lien, et utilisez ce lien.
problem-picture-page-share = { $share } n'a pas de lien vers l'image elle-même, seulement vers une page qui la montre. Mettez l'image sur Dropbox ou Google Drive, rendez-la visible à toute personne disposant du lien, et utilisez ce lien.
problem-picture-file = Ce lien mène à un fichier de type { $format }, dont on ne peut pas faire de film. Utilisez un JPG ou un PNG.
problem-picture-unknown = Il n'y a pas d'image derrière ce lien. Utilisez un lien vers un JPG ou un PNG.
problem-picture-gone = Il n'y a plus rien derrière ce lien. Copiez-le de nouveau, ou utilisez-en un autre.
problem-picture-damaged = L'image derrière ce lien est endommagée : elle s'arrête trop tôt. Remettez-la en ligne, ou utilisez-en une autre.

ask-picture-slow = Le lien de l'image ne m'a pas répondu en trois secondes, je ne l'ai donc pas vue. IACrea pourra peut-être la charger.
ask-picture-unreached = Je ne peux pas joindre le lien de l'image d'où je tourne, je ne l'ai donc pas vue. IACrea pourra peut-être la charger.
ask-picture-refused = Le lien de l'image me répond { $status }, je ne l'ai donc pas vue. IACrea pourra peut-être la charger.
ask-picture-format = L'image est au format { $format } ; IACrea promet d'accepter JPG et PNG.
ask-picture-small = L'image n'a que { $size } pixels. Avec moins de { $least } d'un côté, elle paraît floue dans un film.
ask-picture-shape = L'image a { $size } pixels et le film est en { $shape } : plus de deux cinquièmes de l'image n'y entreraient pas.
