# archive.pl - a made-up archive whose facets are known, and an independent count of it.
#
#   perl archive.pl make SEED N         prints N articles as JSON Lines, always the same
#   perl archive.pl count FILE FOLDER   reads questions, one a line; of the first one writes FOLDER/1,
#                                       and so on: what a search must find in such a file: "total N",
#                                       then "FACET<TAB>VALUE<TAB>LABEL<TAB>COUNT", sorted
#
# A question is conditions separated by ";": FIELD=VALUE|VALUE... (one of them, codes for countries),
# FIELD!=VALUE|VALUE... (none of them), word=W (any form of it), not=W, since=DATE, until=DATE.
use strict;
use warnings;
use utf8;
use JSON::PP;
binmode STDOUT, ':utf8';

# Code, label, and how papers write it.
my @countries = (
  ['IR', 'Iran', 'Iran', 'IRN', 'IR', 'Islamic Republic of Iran', 'Irán', 'Иран'],
  ['IQ', 'Iraq', 'Iraq', 'IRQ', 'iq', 'Irak', 'العراق'],
  ['SV', 'El Salvador', 'El Salvador', 'el-salvador', 'SLV'],
  ['GB', 'United Kingdom', 'United Kingdom', 'GBR', 'Royaume-Uni', 'UK'],
  ['RU', 'Russia', 'Russia', 'RUS', 'Россия', 'Russian Federation'],
  ['EG', 'Egypt', 'Egypt', 'EGY', 'Egipto'],
  ['TD', 'Chad', 'Chad', 'TCD', 'Tchad'],
  ['CO', 'Colombia', 'Colombia', 'COL', 'COLOMBIA'],
  ['SU', 'Soviet Union', 'Soviet Union', 'SUN', 'USSR'],
  ['DD', 'East Germany', 'East Germany', 'DDR'],
);
my @words = (
  [qw(attack attacks attacked attacking)], [qw(hostage hostages)],
  [qw(bomb bombs bombed bombing)],         [qw(protest protests protested)],
  [qw(negotiate negotiates negotiated negotiating)], [qw(tanker tankers)], [qw(ceasefire)],
);
my @fill = qw(the of a in bridge village near north river officials said yesterday group two from);
my @sources = ('Daily Post', 'La Jornada', 'Reuters', 'AFP', 'Al-Ahram', "Le Monde d'hier", 'Wire, The');
my @topics = ('war', 'oil & gas', 'refugees', 'elections', 'sport');
my @events = ('Battles', 'Protests', 'Riots', 'Explosions/Remote violence');
my @sub_events = ('Armed clash', 'Peaceful protest', 'Grenade');
my @places = ('Bogotá', 'San Salvador', 'Basra', "N'Djamena", 'Cairo');
my @facets = qw(source source_country author lang country actor place event_type sub_event_type topic);

my $state;
sub pick {    # a number below the argument; rand() may differ between versions of Perl
  $state = ($state * 1103515245 + 12345) % 2**31;
  return int(($state / 2**31) * $_[0]);
}
sub one { return $_[pick(scalar @_)] }

sub spelled { # of an actor: the same name in several spellings
  my $name = sprintf 'Actor %03d of the %s', $_[0], $_[0] % 2 ? 'Côte' : 'North';
  my $how = pick(6);
  return uc $name if $how == 0;
  $name =~ s/ô/o/ if $how == 1;
  $name =~ s/ of /-of-/ if $how == 2;
  return $name;
}

sub article {
  my $i = shift;
  my %a = (id => "a$i", title => join ' ', map { one(@fill) } 1 .. 4);
  my @text = map { one(@fill) } 1 .. 12 + pick(20);
  for my $family (@words) {
    push @text, one(@$family) if pick(4) == 0;
    $a{title} .= ' ' . one(@$family) if pick(12) == 0;
  }
  $a{body} = join(' ', @text) . '.' if pick(20) > 0;
  my ($y, $m, $d) = (1985 + pick(6), 1 + pick(12), 1 + pick(28));
  my $precision = pick(10);
  $a{date} = sprintf '%04d-%02d-%02d', $y, $m, $d if $precision > 2;
  $a{date} = sprintf '%04d-%02d', $y, $m if $precision == 2;
  $a{date} = "$y" if $precision == 1;
  $a{source} = one(@sources) if pick(8) > 0;
  $a{source_country} = one(@{one(@countries)}[2 .. 3]) if pick(3) == 0;
  $a{lang} = one('en', 'en', 'English', 'fr');
  $a{author} = one('Ann Lee', ['Ann Lee', 'Bo Ek'], "Bo Ek") if pick(3) == 0;
  my @in = map { my @c = @{one(@countries)}; one(@c[2 .. $#c]) } 1 .. pick(4);
  $a{country} = @in == 1 && pick(2) ? $in[0] : \@in if @in;
  # Few actors are in the news often, most of them once.
  my @who = map { spelled(int(150 / (1 + pick(150)))) } 1 .. pick(5);
  @who = 'Actor 149 of the Côte' unless @who; # one would be derived: "the army"
  push @who, map { spelled($_) } reverse 1 .. 300 if $i % 100 == 50;
  $a{actor} = \@who;
  $a{topic} = [map { one(@topics) } 1 .. 1 + pick(3)] if pick(2);
  # Always: they would be derived.
  $a{event_type} = one(@events);
  $a{sub_event_type} = one(@sub_events);
  $a{place} = [one(@places), one(@places)] if pick(4) == 0;
  return \%a;
}

sub fold {
  my $name = lc shift;
  $name =~ s/ô/o/g;
  $name =~ s/['’.]//g;
  $name =~ s/[^\p{L}\p{N}]+/ /g;
  return $name;
}

# The days that a date covers, as numbers.
sub days {
  my ($y, $m, $d) = split /-/, shift;
  my $first = $y * 10000 + ($m || 1) * 100 + ($d || 1);
  return ($first, $y * 10000 + ($m || 12) * 100 + ($d || 31));
}

sub codes { # of a field of countries
  return map { my $said = $_; map { $_->[0] } grep { grep { $_ eq $said } @$_ } @countries } @_;
}
sub values_of {
  my ($article, $field) = @_;
  my $value = $article->{$field};
  my @values = ref $value ? @$value : defined $value ? ($value) : ();
  @values = codes(@values) if $field =~ /country/;
  @values = map { $_ eq 'English' ? 'en' : $_ } @values if $field eq 'lang';
  my %seen;
  return grep { !$seen{fold($_)}++ } @values;
}

sub has_word {
  my ($article, $word) = @_;
  my ($family) = grep { grep { $_ eq $word } @$_ } @words;
  my %is = map { $_ => 1 } $family ? @$family : $word;
  my $text = join ' ', map { $article->{$_} || '' } qw(title body);
  return scalar grep { $is{$_} } $text =~ /\w+/g;
}

sub meets {
  my ($article, $condition) = @_;
  return !meets($article, $1 . $2) if $condition =~ /\A(\w+)!(=.*)\z/s;
  my ($field, $said) = $condition =~ /\A(\w+)=(.*)\z/s or die "$condition\n";
  return has_word($article, $said) if $field eq 'word';
  return !has_word($article, $said) if $field eq 'not';
  if ($field eq 'since' || $field eq 'until') {
    return 0 unless $article->{date};
    return (days($article->{date}))[0] >= (days($said))[0] if $field eq 'since';
    return (days($article->{date}))[1] <= (days($said))[1];
  }
  my %has = map { fold($_) => 1 } values_of($article, $field);
  return scalar grep { $has{fold($_)} } split /\|/, $said;
}

my $job = shift;
if ($job eq 'make') {
  my ($seed, $n) = @ARGV;
  $state = $seed;
  my $json = JSON::PP->new->canonical;
  print $json->encode(article($_)), "\n" for 1 .. $n;
} else {
  binmode STDIN, ':utf8';
  my ($file, $folder) = @ARGV;
  open my $in, '<', $file or die "$file: $!\n";
  my @articles = map { decode_json($_) } <$in>;
  my %name = map { $_->[0] => $_->[1] } @countries;
  my %first;    # how a value is first written is how it is shown
  for my $article (@articles) {
    for my $field (@facets) {
      $first{$field}{fold($_)} ||= $_ for values_of($article, $field);
    }
  }
  while (my $question = <STDIN>) {
    chomp $question;
    my @conditions = split /;/, $question;
    my ($total, %count) = (0);
    for my $article (@articles) {
      next if grep { !meets($article, $_) } @conditions;
      $total++;
      for my $field (@facets) {
        $count{$field}{fold($_)}++ for values_of($article, $field);
      }
    }
    my @lines;
    for my $field (@facets) {
      for my $key (keys %{$count{$field}}) {
        my $value = $first{$field}{$key};
        push @lines, join "\t", $field, $value, $name{$value} || $value, $count{$field}{$key};
      }
    }
    open my $out, '>:utf8', "$folder/$." or die "$folder: $!\n";
    print $out map { "$_\n" } "total $total", sort @lines;
  }
}
