# The finished video as a file in the thread. $video is a name or an id, as code.
upload-comment = 🎬 The whole video as it is now: { $video }
# Not mrkdwn: $video is a plain name or id.
upload-title = Video { $video }
