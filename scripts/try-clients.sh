#!/usr/bin/env bash
# Tries the mail clients that Debian has against a server of this build: mbsync, offlineimap, mutt, curl, fetchmail and imapfilter.
# Usage: scripts/try-clients.sh [CONFIGURATION]        (Release when left out; the program has to be built)
# Each client that is installed does what its users do; what it left behind is compared with the store. Ends with the number of faults.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

program="$PWD/src/MailStore/bin/${1:-Release}/net10.0/mailstore"
[[ -x $program ]] || { echo "$program is not there: dotnet build -c ${1:-Release} src/MailStore"; exit 2; }
work=$(mktemp -d)
port=$((20000 + RANDOM % 20000))
password=secret
faults=0
export HOME=$work MailStore__Connection="Data Source=$work/mail.db" MailStore__Listen="127.0.0.1:$port"

store() { "$program" "$@"; }
say() { printf '\n== %s\n' "$*"; }
check() {
    if [[ $2 == "$3" ]]; then printf '   %s: %s\n' "$1" "$2"; else printf '   FAULT %s: %s, and should be %s\n' "$1" "$2" "$3"; ((faults++)); fi
}
imap() { curl -s --user "ada:$password" "imap://127.0.0.1:$port/$1" "${@:2}"; }
count() { imap "" -X "STATUS $1 (MESSAGES)" | sed -n 's/.*MESSAGES \([0-9]*\).*/\1/p'; }
flagged() { imap "$1" -X "SEARCH $2" | tr -d '\r' | sed 's/^\* SEARCH *//'; }

store user add ada --password-stdin <<< "$password" > "$work/user.log" 2>&1 || cat "$work/user.log"
touch "$work/server.log"
store serve > "$work/server.log" 2>&1 &
server=$!
trap 'kill "$server" 2> /dev/null; wait "$server" 2> /dev/null; rm -rf "$work"' EXIT
for _ in {1..100}; do grep -q Listening "$work/server.log" && break; sleep 0.2; done
store import ada samples/tour.mbox > "$work/import.log" 2>&1
printf 'Subject: from curl\r\n\r\nText\r\n' > "$work/new.eml"
messages=$(count INBOX)

if command -v curl > /dev/null; then
    say "curl: $(curl --version | head -n 1)"
    check 'messages imported' "$messages" 12
    check 'octets of the first message, upwards of 100' "$(($(imap 'INBOX;MAILINDEX=1' | wc -c) > 100))" 1
    imap INBOX -T "$work/new.eml"
    check 'found after an upload' "$(flagged INBOX 'SUBJECT "from curl"')" 13
    imap INBOX -X 'STORE 13 +FLAGS (\Deleted)' > /dev/null
    imap INBOX -X EXPUNGE > /dev/null
    check 'left after EXPUNGE' "$(count INBOX)" 12
fi

if command -v mbsync > /dev/null; then
    say "mbsync: $(mbsync --version | head -n 1)"
    mkdir "$work/mbsync"
    cat > "$work/.mbsyncrc" << CONFIG
IMAPAccount store
Host 127.0.0.1
Port $port
User ada
Pass $password
SSLType None
AuthMechs LOGIN PLAIN

IMAPStore remote
Account store

MaildirStore local
Path $work/mbsync/
Inbox $work/mbsync/INBOX
SubFolders Verbatim

Channel all
Far :remote:
Near :local:
Patterns *
Create Both
Expunge Both
SyncState *
CONFIG
    mbsync -q -c "$work/.mbsyncrc" all || ((faults++))
    check 'pulled' "$(find "$work/mbsync/INBOX/cur" "$work/mbsync/INBOX/new" -type f | wc -l)" 12
    # On both sides: a flag, a deletion, a new message.
    [[ -d $work/mbsync/INBOX/cur ]] || exit 1
    before=$(flagged INBOX FLAGGED | wc -w)
    mapfile -t files < <(find "$work/mbsync/INBOX/cur" "$work/mbsync/INBOX/new" -type f | sort)
    first=$(basename "${files[0]}")
    mv "${files[0]}" "$work/mbsync/INBOX/cur/${first%%:*}:2,FS"
    rm "${files[1]}"
    printf 'Subject: from the Maildir\n\nText\n' > "$work/mbsync/INBOX/new/1.new.host"
    imap INBOX -X 'STORE 7 +FLAGS (\Answered)' > /dev/null
    imap INBOX -X 'STORE 8 +FLAGS (\Deleted)' > /dev/null
    imap INBOX -X EXPUNGE > /dev/null
    imap INBOX -T "$work/new.eml"
    mbsync -q -c "$work/.mbsyncrc" all || ((faults++))
    check 'messages on the server' "$(count INBOX)" 12
    check 'messages in the Maildir' "$(find "$work/mbsync/INBOX/cur" "$work/mbsync/INBOX/new" -type f | wc -l)" 12
    check 'new here, there now' "$(flagged INBOX 'SUBJECT "from the Maildir"' | wc -w)" 1
    check 'flagged here, there now' "$(flagged INBOX FLAGGED | wc -w)" "$((before + 1))"
    check 'answered there, here now' "$(find "$work/mbsync/INBOX" -name '*:2,*R*' | wc -l)" 1
    mkdir -p "$work/mbsync/Lists/below"/{cur,new,tmp}
    mbsync -q -c "$work/.mbsyncrc" all || ((faults++))
    check 'a folder made here is a mailbox there' "$(imap '' -X 'LIST "" Lists/below' | grep -c 'Lists/below')" 1
    mbsync -q -c "$work/.mbsyncrc" all || ((faults++))
    check 'messages after a run with nothing to do' "$(count INBOX)" 12
fi

if command -v offlineimap > /dev/null; then
    say "offlineimap: $(offlineimap --version 2> /dev/null | head -n 1)"
    cat > "$work/.offlineimaprc" << CONFIG
[general]
accounts = ada
ui = quiet
metadata = $work/offlineimap.state
[Account ada]
localrepository = local
remoterepository = remote
[Repository local]
type = Maildir
localfolders = $work/offlineimap
[Repository remote]
type = IMAP
remotehost = 127.0.0.1
remoteport = $port
remoteuser = ada
remotepass = $password
ssl = no
starttls = no
auth_mechanisms = PLAIN
CONFIG
    offlineimap -o -c "$work/.offlineimaprc" > "$work/offlineimap.log" 2>&1 || { ((faults++)); tail -n 5 "$work/offlineimap.log"; }
    check 'pulled' "$(find "$work/offlineimap/INBOX" -type f | wc -l)" "$(count INBOX)"
    file=$(find "$work/offlineimap/INBOX/cur" "$work/offlineimap/INBOX/new" -type f | sort | head -n 1)
    rm "$file"
    imap INBOX -X 'STORE 5 +FLAGS (\Answered)' > /dev/null
    before=$(count INBOX)
    offlineimap -o -c "$work/.offlineimaprc" > "$work/offlineimap.log" 2>&1 || { ((faults++)); tail -n 5 "$work/offlineimap.log"; }
    check 'messages on the server after a deletion here' "$(count INBOX)" "$((before - 1))"
    check 'messages in the Maildir' "$(find "$work/offlineimap/INBOX" -type f | wc -l)" "$((before - 1))"
fi

if command -v mutt > /dev/null; then
    say "mutt: $(mutt -v | head -n 1)"
    before=$(count INBOX)
    cat > "$work/.muttrc" << CONFIG
set imap_user=ada imap_pass=$password ssl_starttls=no ssl_force_tls=no quit=yes delete=yes mark_old=no folder=$work record="" wait_key=no
push "<first-entry><delete-message><sync-mailbox><quit>"
CONFIG
    # It wants a terminal.
    sleep 20 | TERM=xterm timeout -k 2 60 script -qefc "stty rows 40 cols 100; mutt -n -F $work/.muttrc -f imap://127.0.0.1:$port/INBOX" /dev/null > "$work/mutt.log" 2>&1
    check 'left after delete and sync' "$(count INBOX)" "$((before - 1))"
fi

if command -v fetchmail > /dev/null; then
    say "fetchmail: $(fetchmail --version 2> /dev/null | head -n 1)"
    printf 'poll 127.0.0.1 service %s protocol imap auth password user "ada" password "%s" sslproto "" keep fetchall mda "cat >> %s/fetchmail.mbox"\n' "$port" "$password" "$work" > "$work/.fetchmailrc"
    chmod 600 "$work/.fetchmailrc"
    fetchmail -f "$work/.fetchmailrc" --nosslcertck > "$work/fetchmail.log" 2>&1
    check 'messages fetched' "$(grep -c 'reading message' "$work/fetchmail.log")" "$(count INBOX)"
fi

if command -v imapfilter > /dev/null; then
    say "imapfilter: $(imapfilter -V 2>&1 | head -n 1)"
    mkdir -p "$work/.imapfilter"
    cat > "$work/.imapfilter/config.lua" << CONFIG
options.timeout = 20
options.starttls = false
options.subscribe = true
account = IMAP { server = '127.0.0.1', port = $port, username = 'ada', password = '$password' }
account:create_mailbox('Filtered')
found = account.INBOX:contain_subject('from curl')
found:move_messages(account.Filtered)
account.INBOX:is_unseen():mark_seen()
CONFIG
    imap INBOX -T "$work/new.eml"
    before=$(count INBOX)
    imapfilter -c "$work/.imapfilter/config.lua" > "$work/imapfilter.log" 2>&1 || { ((faults++)); tail -n 5 "$work/imapfilter.log"; }
    check 'messages in both mailboxes' "$(($(count INBOX) + $(count Filtered)))" "$before"
    check 'moved some' "$(($(count Filtered) > 0))" 1
    check 'unseen left' "$(flagged INBOX UNSEEN | wc -w)" 0
fi

say 'The server'
grep -E ' (warn|fail|crit): ' "$work/server.log" && ((faults++))
echo "$faults faults"
exit "$faults"
