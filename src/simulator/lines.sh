# The simulator's part for stream-json: read by the script beside it, in its names.
# --output-format stream-json writes lines, with the text in pieces. --input-format stream-json waits for lines: the control
# requests initialize, apply_flag_settings and get_settings, then one user message, as Conduit writes them; once it is
# answered it ends when its input does.

# Answers control requests until the message comes, which becomes the line. Its first and last words are Conduit's.
await_message() {
  cap=${CLAUDE_CODE_MAX_OUTPUT_TOKENS:-32000} set=''
  while IFS= read -r line; do
    case $line in '{"type":"user",'*) export CLAUDE_CODE_MAX_OUTPUT_TOKENS="$cap"; return ;; esac
    id=${line#*'"request_id":"'} id=${id%%'"'*} told=''
    case $line in
      *'"subtype":"apply_flag_settings"'*)
        asked=${line#*'"model":"'} asked=${asked%%'"'*}
        cap=${line#*'"CLAUDE_CODE_MAX_OUTPUT_TOKENS":"'} cap=${cap%%'"'*}
        set='"env":{"CLAUDE_CODE_MAX_OUTPUT_TOKENS":"'$cap'"},"model":"'$asked'"' ;;
      *'"subtype":"get_settings"'*) told=',"response":{"effective":{'$set'}}' ;;
      *'"subtype":"initialize"'*)
        system_file=${TMPDIR:-/tmp}/system.$$
        printf '%s' "$line" | JSON_FIELD=systemPrompt text_of >"$system_file"
        told=',"response":{"commands":[]}' ;;
      *) printf '{"type":"control_response","response":{"subtype":"error","request_id":"%s","error":"Unsupported"}}\n' "$id"
        continue ;;
    esac
    printf '{"type":"control_response","response":{"subtype":"success","request_id":"%s"%s}}\n' "$id" "$told"
  done
  exit 0
}

# The text of one field in a line of JSON.
text_of() {
  awk '
  function low(hex,  i, n) { for (i = 1; i <= 4; i++) n = n * 16 + index("0123456789abcdef", tolower(substr(hex, i, 1))) - 1; return n }
  BEGIN { RS = "\377" }
  {
    rest = substr($0, index($0, "\"" ENVIRON["JSON_FIELD"] "\":\"") + length(ENVIRON["JSON_FIELD"]) + 4)
    while (match(rest, /["\\]/)) {
      text = text substr(rest, 1, RSTART - 1)
      if (substr(rest, RSTART, 1) == "\"") { printf "%s", text; exit }
      c = substr(rest, RSTART + 1, 1); size = 2
      if (c == "u") { text = text sprintf("%c", low(substr(rest, RSTART + 2, 4))); size = 6 }
      else text = text (c == "n" ? "\n" : c == "t" ? "\t" : c == "r" ? "\r" : c == "b" ? "\b" : c == "f" ? "\f" : c)
      rest = substr(rest, RSTART + size)
    }
  }'
}

# What comes before the answer of a stream.
opening() {
  printf '{"type":"system","subtype":"init","session_id":"%s","tools":[],"model":"%s"}\n' "$session" "$ran"
  [ $turns -eq 0 ] || printf '{"type":"system","subtype":"status","status":"requesting","session_id":"%s"}\n' "$session"
}

event() { format=$1; shift; printf '{"type":"stream_event","event":{'"$format"'},"session_id":"'"$session"'"}\n' "$@"; }

# The messages that are paid for, their text in pieces.
messages() {
  count=$paid
  while [ "$count" -gt 0 ]; do
    count=$((count - 1))
    event '"type":"message_start","message":{"type":"message","role":"assistant","model":"%s","content":[],"usage":{'\
'"input_tokens":%d,"cache_read_input_tokens":%d,"cache_creation_input_tokens":%d,"output_tokens":1,"cache_creation":{'\
'"ephemeral_5m_input_tokens":%d,"ephemeral_1h_input_tokens":%d}}}' "$ran" $((input / paid)) $((cache_read / paid)) \
      $(((cache_5m + cache_1h) / paid)) $((cache_5m / paid)) $((cache_1h / paid))
    event '"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}'
    rest=$text
    [ $is_error = true ] && rest='A text that is not to be'
    while [ -n "$rest" ]; do
      [ "$pause" -eq 0 ] || pause "$pause"
      tail=${rest#????????????????}
      [ "$tail" != "$rest" ] || tail=''
      event '"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"%s"}' "${rest%"$tail"}"
      rest=$tail
      case $end in stall) return ;; cut) break ;; esac
    done
    event '"type":"content_block_stop","index":0'
    event '"type":"message_delta","delta":{"stop_reason":%s},"usage":{"output_tokens":%d}' "$stop" $((output / paid))
    event '"type":"message_stop"'
  done
}
