# La vidéo terminée, en fichier dans le fil. $video est un nom ou un id, en code.
upload-comment = 🎬 La vidéo entière, telle qu'elle est maintenant : { $video }
# Pas de mrkdwn : $video est un nom ou un id tel quel.
upload-title = Vidéo { $video }
