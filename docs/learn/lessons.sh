# What the lessons share. Each begins with:  . docs/learn/lessons.sh
# URL is where the platform listens, DATA its data directory: set them first if yours are others.
URL=${URL:-http://127.0.0.1:8080}
DATA=${DATA:-.orderflow}

# each NAME: every field of that name in the JSON that is read, a line each; field NAME: the first.
each() { grep -o "\"$1\":\"\{0,1\}[^\",}]*" | sed "s/^\"$1\":\"\{0,1\}//"; }
field() { each "$1" | head -n 1; }

# token USER: a token for alice, bob, carol (customers) or admin (staff). The secret is the name.
token() { curl -s --retry 4 -u "$1:$1" -d grant_type=client_credentials "$URL/oauth2/token" | field access_token; }

# call USER METHOD PATH [BODY]: sends a request, prints the status and the body. While the answer is 503, "not now", it asks again, five
# times in all.
call() {
  local answer try
  for try in 1 2 3 4 5; do
    answer=$(curl -s -w '\n%{http_code}\n' -X "$2" -H "Authorization: Bearer $(token "$1")" \
      -H 'Content-Type: application/json' ${4:+-d "$4"} "$URL$3" | sed -n '$!{H;d};{G;s/\n\n*/ /g;p}')
    if [[ $answer != 503* ]] || ((try == 5)); then break; fi
    sleep 1
  done
  echo "$answer"
}

# key USER: a new idempotency key.
key() { printf '%s_%s_%s%s' "$1" "$(date +%Y%m%d%H%M%S)" "$RANDOM" "$RANDOM"; }

# new_product PIECES: a product of your own for 50,000 VND; prints its id when the shop shows it.
new_product() {
  local id
  id=$(call admin POST /products '{"name":"Lesson lamp","description":"","price":50000,"currency":"VND"}' | field productId)
  call admin POST "/inventory/$id/receipts" "{\"quantity\":$1}" >/dev/null
  until_prints "\"available\":$1" call alice GET "/products/$id" >/dev/null
  echo "$id"
}

# order USER PRODUCT QUANTITY METHOD [KEY]: orders at 50,000 VND, which is price version 1.
order() {
  call "$1" POST /orders "{\"version\":\"${5:-$(key "$1")}\",\"paymentMethod\":\"$4\",
    \"items\":[{\"productId\":\"$2\",\"quantity\":$3,\"expectedPrice\":50000,\"priceVersion\":1}]}"
}

# until_prints TEXT COMMAND...: repeats the command until it prints the text, for three minutes at most: a machine may be slow.
until_prints() {
  local text=$1 answer end=$((SECONDS + 180))
  shift
  until answer=$("$@" 2>&1) && [[ $answer == *"$text"* ]]; do
    if ((SECONDS > end)); then echo "After three minutes there is no $text in: $answer" && return 1; fi
    sleep 0.2
  done
  echo "$answer"
}

# pid NAME: the process of the first instance, as in: pid saga, pid kafka.
pid() { tr -d ' \n' <"$DATA/cluster.json" | grep -o "\"$1\"[^}]*" | each pid | head -n 1; }
