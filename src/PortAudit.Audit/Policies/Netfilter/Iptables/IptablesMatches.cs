using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.Netfilter.Iptables;

/// <summary>Matches that are evaluated (iptables(8), iptables-extensions(8)).</summary>
/// <param name="rule">The rule, which they narrow.</param>
/// <param name="isIpv6">True in a table of ip6tables.</param>
internal sealed class IptablesMatches(RuleDraft rule, bool isIpv6)
{
    /// <summary>True when <see cref="Read"/> knows an option.</summary>
    /// <param name="option">The option.</param>
    /// <param name="module">The extension that it may belong to, when that has options of its own.</param>
    public static bool Reads(string option, string? module) => option switch
    {
        "--proto" => module is not "policy",
        "-p" or "--protocol" or "-s" or "--source" or "--src" or "-d" or "--destination" or "--dst" or "-i"
            or "--in-interface" or "-o" or "--out-interface" or "-f" or "--fragment" or "-4" or "--ipv4" or "-6"
            or "--ipv6" or "--sport" or "--source-port" or "--sports" or "--source-ports" or "--dport"
            or "--destination-port" or "--dports" or "--destination-ports" or "--ports" or "--port" or "--syn"
            or "--tcp-flags" or "--icmp-type" or "--icmpv6-type" or "--state" or "--ctstate" or "--src-range"
            or "--dst-range" or "--comment" => true,
        _ => false,
    };

    /// <summary>Reads an option and narrows the rule.</summary>
    /// <param name="option">The option.</param>
    /// <param name="negated">True behind an exclamation mark.</param>
    /// <param name="take">Takes the next value.</param>
    /// <param name="oldNegation">Takes an exclamation mark before the value.</param>
    public void Read(string option, bool negated, Func<string> take, Func<bool> oldNegation)
    {
        switch (option)
        {
            case "-f" or "--fragment":
                // What is put to a policy is the first packet of something, and that is no later fragment.
                if (!negated)
                    rule.Condition(ConditionKind.Header, "-f", "is about later fragments");
                return;
            case "-4" or "--ipv4":
                rule.And(PacketMatch.Ipv4);
                return;
            case "-6" or "--ipv6":
                rule.And(PacketMatch.Ipv6);
                return;
            case "--syn":
                Flags(TcpFlags.Fin | TcpFlags.Syn | TcpFlags.Rst | TcpFlags.Ack, TcpFlags.Syn, negated, "--syn");
                return;
            case "--comment":
                rule.Comment = ConfigurationText.Shown(take());
                return;
        }

        negated |= oldNegation();
        var value = take();
        switch (option)
        {
            case "-p" or "--protocol" or "--proto":
                Protocol(value, negated);
                break;
            case "-s" or "--source" or "--src":
                Address(value, negated, isSource: true);
                break;
            case "-d" or "--destination" or "--dst":
                Address(value, negated, isSource: false);
                break;
            case "--src-range":
                Range(value, negated, isSource: true);
                break;
            case "--dst-range":
                Range(value, negated, isSource: false);
                break;
            case "-i" or "--in-interface":
                rule.And(new PacketMatch { From = Interface(value, negated) });
                break;
            case "-o" or "--out-interface":
                rule.And(new PacketMatch { To = Interface(value, negated) });
                break;
            case "--tcp-flags":
                Flags(value, take(), negated);
                break;
            case "--icmp-type" or "--icmpv6-type":
                Icmp(value, negated);
                break;
            case "--state" or "--ctstate":
                States(value, negated);
                break;
            default:
                Ports(option, value, negated);
                break;
        }
    }

    private void Protocol(string value, bool negated)
    {
        if (value.Equals("all", StringComparison.OrdinalIgnoreCase) || value == "0")
        {
            if (negated)
                rule.And(PacketMatch.OfProtocols(IntervalSet.Empty<byte>()));
        }
        else if (ProtocolNames.Number(value) is { } number)
        {
            var set = IntervalSet.Of(number);
            rule.And(PacketMatch.OfProtocols(negated ? set.Complement() : set));
        }
        else
        {
            rule.Condition(ConditionKind.Header, $"-p {value}", $"unknown protocol '{ConfigurationText.Shown(value)}'");
        }
    }

    private void Address(string value, bool negated, bool isSource)
    {
        var set = IntervalSet.Empty<UInt128>();
        foreach (var part in value.Split(','))
        {
            if (AddressText.Read(part) is not { } addresses || part.Contains('-', StringComparison.Ordinal))
            {
                rule.Condition(ConditionKind.Other, $"{(isSource ? "-s" : "-d")} {value}",
                    $"'{ConfigurationText.Shown(part)}' is no address");
                return;
            }

            set = set.Union(addresses);
        }

        And(set, negated, isSource);
    }

    private void Range(string value, bool negated, bool isSource)
    {
        var hyphen = value.IndexOf('-', StringComparison.Ordinal);
        var set = hyphen < 0 ? AddressText.Read(value) : AddressText.Range(value[..hyphen], value[(hyphen + 1)..]);
        if (set is null)
            rule.Condition(ConditionKind.Other, value, $"'{ConfigurationText.Shown(value)}' is no range of addresses");
        else
            And(set, negated, isSource);
    }

    private void And(IntervalSet<UInt128> set, bool negated, bool isSource)
    {
        var wanted = negated ? set.Complement() : set;
        rule.And(isSource ? new PacketMatch { Source = wanted } : new PacketMatch { Destination = wanted });
    }

    /// <summary>A name that ends in <c>+</c> stands for all that begin so.</summary>
    private static ZoneMatch Interface(string value, bool negated)
    {
        if (value == "+" && !negated)
            return ZoneMatch.Any;
        var name = ConfigurationText.Shown(value);
        return new ZoneMatch([name.EndsWith('+') ? $"{name[..^1]}*" : name], negated);
    }

    private void Flags(string mask, string wanted, bool negated)
    {
        var (looked, set) = (Flags(mask), Flags(wanted));
        if (looked is { } bits && set is { } comparison)
            Flags(bits, comparison, negated, $"--tcp-flags {mask} {wanted}");
        else
            rule.Condition(ConditionKind.Header, $"--tcp-flags {mask} {wanted}", "unknown TCP flag");
    }

    private void Flags(int mask, int wanted, bool negated, string text) =>
        rule.And(TcpFlags.Match(flags => ((flags & mask) == wanted) != negated, mask,
            $"{(negated ? "! " : "")}{text}"));

    private static int? Flags(string names)
    {
        var flags = 0;
        foreach (var name in names.Split(','))
        {
            if (TcpFlags.Named(name) is not { } flag)
                return null;
            flags |= flag;
        }

        return flags;
    }

    private void Icmp(string value, bool negated)
    {
        if (IcmpNames.Message(value, isIpv6) is not { } message)
        {
            rule.And(PacketMatch.OfProtocols(IntervalSet.Of((isIpv6 ? IpProtocol.IcmpV6 : IpProtocol.Icmp).Value)));
            rule.Condition(ConditionKind.Header, $"ICMP {value}",
                $"unknown ICMP type '{ConfigurationText.Shown(value)}'");
        }
        else if (!negated)
        {
            rule.And(new PacketMatch { Service = message });
        }
        else
        {
            rule.And(
            [
                new PacketMatch
                {
                    Service = message with
                    {
                        IcmpTypes = message.IcmpTypes.Complement(),
                        IcmpCodes = IntervalSet.All<byte>(),
                    },
                },
                new PacketMatch { Service = message with { IcmpCodes = message.IcmpCodes.Complement() } },
            ]);
        }
    }

    private void States(string value, bool negated)
    {
        var states = ConnectionStates.None;
        foreach (var name in value.Split(','))
        {
            var state = ConnectionStateNames.Named(name);
            if (state is null)
            {
                rule.Condition(ConditionKind.Other, $"{(negated ? "! " : "")}state {value}",
                    $"connection state '{ConfigurationText.Shown(name)}' is not evaluated");
                return;
            }

            states |= state.Value;
        }

        rule.And(new PacketMatch { States = negated ? ConnectionStates.All & ~states : states });
    }

    private void Ports(string option, string value, bool negated)
    {
        var ports = IntervalSet.Empty<ushort>();
        foreach (var part in value.Split(','))
        {
            if (ServiceNames.Range(part, ':') is not { } range)
            {
                rule.Condition(ConditionKind.Header, $"{option} {value}",
                    $"unknown port '{ConfigurationText.Shown(part)}'");
                return;
            }

            ports = ports.Union(range);
        }

        var wanted = negated ? ports.Complement() : ports;
        var source = new PacketMatch { Service = ServiceMatch.Any with { SourcePorts = wanted } };
        var destination = new PacketMatch { Service = ServiceMatch.Any with { DestinationPorts = wanted } };
        if (option is "--ports" or "--port")
            rule.And(negated ? [source.And(destination)] : [source, destination]);
        else
            rule.And(option.StartsWith("--s", StringComparison.Ordinal) ? source : destination);
    }
}
