"""Compares what portaudit reads out of compiled policies with capirca's aclcheck; tools/policy-differential runs it."""
import argparse, collections, csv, ipaddress, os, random, re, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
NUMBERS = {'tcp': 6, 'udp': 17, 'icmp': 1, 'icmpv6': 58, 'gre': 47, 'esp': 50, 'sctp': 132}
WITH_PORTS = ('tcp', 'udp', 'sctp')
SHOWN = 10


def targets(family):
    """Name, module and class of the generator, its target line, and options for portaudit."""
    six = family == 'ipv6'
    windows = ('windows_advfirewall.WindowsAdvFirewall', f'windows_advfirewall in {"inet6" if six else "inet"}',
               ['--hook', 'input'])
    inet = 'inet6' if six else 'inet'
    zones = ['--from-zone', 'inside', '--to-zone', 'outside']
    # capirca's generator for ASA leaves out IPv6.
    return ([] if six else [('cisco-asa', 'ciscoasa.CiscoASA', 'ciscoasa probe-acl', [])]) + [
        ('cisco-ios', 'cisco.Cisco', 'cisco probe-acl inet6' if six else 'cisco probe-acl extended', []),
        ('iptables', 'iptables.Iptables', f'iptables FORWARD DROP {inet} nostate', ['--hook', 'forward']),
        ('nftables', 'nftables.Nftables', f'nftables {inet} INPUT', ['--hook', 'input']),
        ('pan-os', 'paloaltofw.PaloAltoFW', f'paloalto from-zone inside to-zone outside {inet}', zones),
        ('windows-script', *windows),
        ('windows-shown', *windows),
    ]


def restore_file(text):
    """The options of iptables as iptables-save would write them: capirca's file is read by iptables-restore only with
    a head and an end."""
    lines, chains, rules = text.split('\n'), [], []
    for line in lines:
        if match := re.match(r'-P (\S+) (\S+)', line):
            chains.append(f':{match[1]} {match[2]} [0:0]')
        elif match := re.match(r'-N (\S+)', line):
            chains.append(f':{match[1]} - [0:0]')
        elif line.startswith('-A '):
            rules.append(line)
    return '\n'.join(['*filter', *chains, *rules, 'COMMIT', ''])


def loaded_ruleset(text):
    """The rules as the kernel lists them: nft -j list ruleset in a network namespace of its own. None without nft or
    the rights for it."""
    script = 'nft -f - && nft -j list ruleset'
    try:
        run = subprocess.run(['unshare', '-n', 'sh', '-c', script], input=text, text=True, capture_output=True)
    except FileNotFoundError:
        return None
    if run.returncode != 0:
        sys.stderr.write(run.stderr)
    return run.stdout if run.returncode == 0 else None


def shown_rules(text):
    """capirca's commands 'netsh advfirewall firewall add rule' as 'netsh advfirewall firewall show rule name=all
    verbose' lists the rules that they make."""
    blocks = []
    for line in text.split('\n'):
        if not line.startswith('netsh '):
            continue
        told = dict(word.split('=', 1) for word in line.split() if '=' in word)
        protocol, _, kind = told['protocol'].partition(':')
        rows = [
            ('Rule Name', told['name']), None, ('Enabled', 'Yes'), ('Direction', told['dir'].title()),
            ('Profiles', 'Domain,Private,Public'), ('Grouping', ''),
            ('LocalIP', shown_address(told['localip'])), ('RemoteIP', shown_address(told['remoteip'])),
            ('Protocol', {'icmpv4': 'ICMPv4', 'icmpv6': 'ICMPv6', 'any': 'Any'}.get(protocol, protocol.upper())),
        ]
        if protocol in WITH_PORTS:
            rows += [('LocalPort', told.get('localport', 'Any')), ('RemotePort', told.get('remoteport', 'Any'))]
        elif kind:
            number, _, code = kind.partition(',')
            rows += [('', 'Type    Code'), ('', f'{number:<8}{code.title()}')]
        rows += [('Edge traversal', 'No'), ('Program', ''), ('InterfaceTypes', 'Any'), ('Security', 'NotRequired'),
                 ('Rule source', 'Local Setting'), ('Action', told['action'].title())]
        rows = [row for row in rows if row != ('Program', '')]
        blocks.append('\n'.join('-' * 70 if row is None else shown_row(*row) for row in rows))
    return '\r\n' + '\n\n'.join(blocks).replace('\n', '\r\n') + '\r\nOk.\r\n'


def shown_row(name, value):
    return f'{name + ":" if name else "":<38}{value}'


def shown_address(text):
    return 'Any' if text == 'any' else text


class Terms:
    """The terms of a policy, put to aclcheck."""

    def __init__(self, modules, text, definitions):
        self.modules = modules
        self.policy = modules.policy.ParsePolicy('header {\n  target:: demo probe\n}\n' + text, definitions)
        self.header, self.terms = self.policy.filters[0]

    def accepts(self, probe, terms):
        """The action of the first of some terms that matches. aclcheck does not look at ICMP types: terms of another
        type are left out."""
        self.policy.filters = [(self.header, [term for term in terms if self.has_type(term, probe)])]
        check = self.modules.aclcheck.AclCheck(
            self.policy, str(probe['source']), str(probe['destination']), probe['source_port'] or 'any',
            probe['destination_port'] or 'any', probe['protocol'])
        matches = check.ExactMatches()
        return matches[0].action == 'accept' if matches else None

    def has_type(self, term, probe):
        family = 6 if probe['protocol'] == 'icmpv6' else 4
        types = self.modules.aclgenerator.Term.ICMP_TYPE[family]
        return not term.icmp_type or probe['icmp_type'] in [types.get(name) for name in term.icmp_type]

    def first_match(self, probe):
        return bool(self.accepts(probe, self.terms))

    def block_first(self, probe):
        """What Windows does: one term that denies is enough, and nothing is permitted by default."""
        answers = [self.accepts(probe, [term]) for term in self.terms[:-1]]
        return False not in answers and True in answers


def near(numbers, most, rng):
    """A number near a border of ranges, within one, or anywhere."""
    first, last = rng.choice(numbers) if numbers else (0, most)
    number = rng.choice([first - 1, first, first + 1, last - 1, last, last + 1, rng.randint(first, last),
                         rng.randint(first, last), rng.randint(0, most)])
    return min(max(number, 0), most)


def address(networks, family, rng):
    bits = 128 if family == 'ipv6' else 32
    ranges = [(int(network.network_address), int(network.broadcast_address)) for network in networks]
    number = near(ranges, 2 ** bits - 1, rng)
    return ipaddress.IPv6Address(number) if bits == 128 else ipaddress.IPv4Address(number)


def probes(terms, family, count, seed):
    """Packets near the borders of the rules, each drawn around a random term."""
    rng = random.Random(seed)
    icmp = 'icmpv6' if family == 'ipv6' else 'icmp'
    everything = [network for term in terms.terms for network in term.source_address + term.destination_address]
    types = terms.modules.aclgenerator.Term.ICMP_TYPE[6 if family == 'ipv6' else 4]
    for _ in range(count):
        term = rng.choice(terms.terms)
        usual = list(term.protocol) or ['tcp', 'udp', icmp]
        protocol = rng.choice(usual * 4 + ['tcp', 'udp', icmp, 'gre', 'esp'])
        networks = [term.source_address or everything, term.destination_address or everything]
        ports = [term.source_port, term.destination_port]
        has_ports = protocol in WITH_PORTS
        yield {
            'source': address(rng.choice([networks[0]] * 4 + [everything]), family, rng),
            'destination': address(rng.choice([networks[1]] * 4 + [everything]), family, rng),
            'protocol': protocol,
            'source_port': max(1, near(ports[0], 65535, rng)) if has_ports else '',
            'destination_port': max(1, near(ports[1], 65535, rng)) if has_ports else '',
            'icmp_type': rng.choice([types[name] for name in term.icmp_type] * 3 + [0, 3, 5, 8, 11, 128, 129, 135])
                         if protocol == icmp else '',
            'state': 'new',
        }


def ask(program, path, options, rows, directory):
    """portaudit's answers: outcome, rule and line for each packet."""
    file = os.path.join(directory, 'probes.csv')
    with open(file, 'w', newline='') as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(dict(row, protocol=NUMBERS[row['protocol']]) for row in rows)
    run = subprocess.run([*program, 'policy', 'query', path, '--probes', file, *options],
                         text=True, capture_output=True)
    if run.returncode != 0:
        sys.exit(f'policy-differential: portaudit ends with {run.returncode} on {path}: {run.stderr}')
    return list(csv.DictReader(run.stdout.splitlines()))


def compiled(modules, family, name, generator, target, definitions, text):
    """capirca's output for a device, as portaudit reads such files."""
    if name.startswith('windows'):
        text = text[:text.rindex('term last')]
    module, kind = generator.split('.')
    policy = modules.policy.ParsePolicy(f'header {{\n  target:: {target}\n}}\n{text}', definitions)
    out = str(getattr(getattr(modules, module), kind)(policy, 2))
    return {'iptables': restore_file, 'nftables': loaded_ruleset, 'windows-shown': shown_rules}.get(name, str)(out)


def compare(arguments, modules, family, directory):
    """Prints a row for each format. Gives the number of packets that are answered differently."""
    definitions = modules.naming.Naming(directory)
    with open(os.path.join(HERE, f'{family}.terms')) as file:
        text = file.read()
    terms = Terms(modules, text, definitions)
    rows = list(probes(terms, family, arguments.probes, arguments.seed))
    first = [terms.first_match(row) for row in rows]
    block = [terms.block_first(row) for row in rows]
    differing = 0
    for name, generator, target, options in targets(family):
        if arguments.only and name not in arguments.only:
            continue
        made = compiled(modules, family, name, generator, target, definitions, text)
        if made is None:
            print(f'{family}  {name:<14}  not compared: needs nft and the right to make a network namespace')
            differing += arguments.strict
            continue
        path = os.path.join(arguments.keep or directory, f'{family}-{name}.conf')
        with open(path, 'w', newline='') as file:
            file.write(made)
        wanted = block if name.startswith('windows') else first
        answers = ask(arguments.portaudit, path, options, rows, directory)
        differing += tell(family, name, rows, wanted, first, answers)
    return differing


def tell(family, name, rows, wanted, first, answers):
    outcome = {True: ('permitted',), False: ('dropped', 'rejected')}
    wrong = [(row, want, answer) for row, want, answer in zip(rows, wanted, answers)
             if answer['outcome'] not in outcome[want]]
    beaten = sum(want != other for want, other in zip(wanted, first))
    counts = collections.Counter(answer['outcome'] for answer in answers)
    print(f'{family}  {name:<14}  {len(rows) - len(wrong):>7,} of {len(rows):,} agree; '
          + ', '.join(f'{count:,} {word}' for word, count in sorted(counts.items()))
          + (f'; in {beaten:,} block beats allow' if name.startswith('windows') else ''))
    for row, want, answer in wrong[:SHOWN]:
        packet = ' '.join(f'{key}={value}' for key, value in row.items() if value != '' and key != 'state')
        print(f'    {packet}: aclcheck {"permits" if want else "drops"}, portaudit: {answer["outcome"]} by '
              f'{answer["rule"] or "no rule"}, line {answer["line"] or "-"}')
    return len(wrong)


def main():
    parser = argparse.ArgumentParser(prog='policy-differential')
    parser.add_argument('--capirca', required=True)
    parser.add_argument('--portaudit', required=True, type=str.split)
    parser.add_argument('--probes', type=int, default=10_000)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--only', action='append')
    parser.add_argument('--keep')
    parser.add_argument('--strict', action='store_true')
    arguments = parser.parse_args()
    sys.path.insert(0, arguments.capirca)
    from capirca.lib import aclcheck, aclgenerator, cisco, ciscoasa, iptables, naming, nftables, paloaltofw, policy
    from capirca.lib import windows_advfirewall
    modules = argparse.Namespace(**{name: value for name, value in locals().items() if name not in
                                    ('parser', 'arguments')})
    differing = 0
    for family in ('ipv4', 'ipv6'):
        with tempfile.TemporaryDirectory() as directory:
            for name in (f'{family}.net', 'services.svc'):
                with open(os.path.join(HERE, name)) as file, open(os.path.join(directory, name), 'w') as copy:
                    copy.write(file.read())
            differing += compare(arguments, modules, family, directory)
    print('policy-differential: ' + (f'{differing:,} answers differ' if differing else 'no answer differs'))
    return 1 if differing else 0


sys.exit(main())
