# recount.pl - counts by period what `sitrep timeline --format csv` must say.
#
#   perl recount.pl SCALE MATCHES BASE [FROM TO]
#
# MATCHES and BASE are articles as JSON Lines; FROM and TO, days, stretch the time that is told of.
# Shares are left to the caller. Days are counted by POSIX, weeks are its %G-W%V.
use strict;
use warnings;
use JSON::PP;
use POSIX qw(strftime);
use Time::Local qw(timegm_modern);

my ($scale, $matches, $base, $from, $to) = @ARGV;
my %is_years = (year => 1, decade => 10, century => 100);

sub days { my ($y, $m, $d) = split /-/, $_[0]; return timegm_modern(0, 0, 0, $d, $m - 1, $y) / 86400 }
sub iso { return strftime('%Y-%m-%d', gmtime($_[0] * 86400)) }

# First day, last day and name of the period of a date; nothing when the date is too coarse.
sub period {
  my ($y, $m, $d) = split /-/, $_[0];
  if (my $years = $is_years{$scale}) {
    my $first = int($y / $years) * $years;
    my $last = $first + $years - 1;
    my $name = $years == 1 ? $first : $years == 10 ? "${first}s" : "$first-$last";
    return (days("$first-01-01"), days("$last-12-31"), $name);
  }
  return unless $m;
  if ($scale eq 'month') {
    my ($next_y, $next_m) = $m == 12 ? ($y + 1, 1) : ($y, $m + 1);
    return (days("$y-$m-01"), days("$next_y-$next_m-01") - 1, "$y-$m");
  }
  return unless $d;
  my $day = days("$y-$m-$d");
  return ($day, $day, "$y-$m-$d") if $scale eq 'day';
  my $weekday = strftime('%u', gmtime($day * 86400)) - 1;
  return ($day - $weekday, $day - $weekday + 6, strftime('%G-W%V', gmtime($day * 86400)));
}

sub tally {
  my ($file, $rest) = @_;
  my %count;
  open(my $in, '<', $file) or die "$file: $!\n";
  while (<$in>) {
    my $date = decode_json($_)->{date};
    my ($first) = defined $date ? period($date) : ();
    if (defined $first) { $count{$first}++ }
    else { $rest->{defined $date ? 'coarse' : 'undated'}++ }
  }
  return \%count;
}

my %rest;
my $found = tally($matches, \%rest);
my $all = tally($base, {});
my @days = sort { $a <=> $b } keys %$found;
push @days, map { (period($_))[0] } grep { defined } $from, $to;
@days = sort { $a <=> $b } @days;
if (@days) {
  for (my $day = $days[0]; $day <= $days[-1];) {
    my ($first, $last, $name) = period(iso($day));
    printf "%s,%s,%s,%d,%d\n", $name, iso($first), iso($last), $found->{$first} // 0, $all->{$first} // 0;
    $day = $last + 1;
  }
}
for my $what ('coarse', 'undated') { print "$what,,,$rest{$what},\n" if $rest{$what} }
