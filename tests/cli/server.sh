# server.sh - a web server for tests, read behind lib.sh: lighttpd with the configuration of `make
# serve`.
#
#   serve [NAME=VALUE...]    starts it with these variables; the address is in $address
#   get PATH [HEADER...]     asks it: the status is in $status, the files head and body hold the rest
# shellcheck shell=sh
lighttpd=$(command -v lighttpd || command -v /usr/sbin/lighttpd || true)

serve() {
  port=$(perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport')
  address=http://127.0.0.1:$port/
  env SITREP_CGI="$SITREP_BUILD/sitrep.cgi" SITREP_PORT="$port" SITREP_SOCKET="$work/socket.$port" "$@" \
    "$lighttpd" -D -f "$here/../../searcher/lighttpd.conf" 2>server.log &
  children="$children $!"
  for _ in $(seq 100); do
    get '?help' && [ "$status" = 200 ] && return
    sleep 0.1
  done
  note 'the server does not start' <server.log
  bail 'the server does not start'
}

get() { # PATH [HEADER...]
  status=$(perl -MHTTP::Tiny -e '
    my ($address, undef, @headers) = @ARGV;
    my %headers = map { split /: /, $_, 2 } @headers;
    my $method = delete $headers{method} // "GET";
    my $r = HTTP::Tiny->new(timeout => 30, max_redirect => 0)->request($method, $address, {headers => \%headers});
    open(my $head, ">", "head"); print $head map { "$_: $r->{headers}{$_}\n" } sort keys %{$r->{headers}};
    open(my $body, ">:raw", "body"); print $body $r->{content} // "";
    print $r->{status}' "$address$1" "$@")
}
