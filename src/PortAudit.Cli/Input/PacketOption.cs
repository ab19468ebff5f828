using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Cli.Input;

/// <summary>Options that describe one packet, and the words of their values.</summary>
internal static class PacketOption
{
    /// <summary>The words of <c>--state</c>.</summary>
    public static readonly ImmutableArray<string> States =
        ["new", "established", "related", "invalid", "untracked"];

    /// <summary>An address.</summary>
    public static Option<IpAddress?> Address(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "ADDRESS",
        CustomParser = result =>
        {
            if (IpAddress.TryParse(result.Tokens[0].Value, out var address))
                return address;
            result.AddError($"{name}: '{result.Tokens[0].Value}' is not an address.");
            return null;
        },
    };

    /// <summary>An IP protocol.</summary>
    public static Option<IpProtocol?> Protocol(string name)
    {
        var option = new Option<IpProtocol?>(name)
        {
            Description = "Protocol: tcp, udp, icmp, icmp6, sctp, or an IP protocol number.",
            HelpName = "PROTOCOL",
            CustomParser = result =>
            {
                if (ProtocolOf(result.Tokens[0].Value) is { } protocol)
                    return protocol;
                result.AddError($"{name}: '{result.Tokens[0].Value}' is not a protocol; use tcp, udp, icmp, icmp6, "
                    + $"sctp or a number from 0 to 255.");
                return null;
            },
        };
        option.CompletionSources.Add("tcp", "udp", "icmp", "icmp6", "sctp");
        return option;
    }

    /// <summary>A port, or another number that a packet may have or not.</summary>
    public static Option<int?> Number(string name, string description, int most) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most)
                return number;
            result.AddError($"{name} wants a number from 0 to {most}; '{text}' is not.");
            return null;
        },
    };

    /// <summary>The protocol of a name or number; null for anything else.</summary>
    public static IpProtocol? ProtocolOf(string text) =>
        IpProtocol.TryParse(text, out var named) || IpProtocol.TryParse($"ip:{text}", out named) ? named : null;

    /// <summary>The state of a word; null for anything else.</summary>
    public static ConnectionStates? StateOf(string text) => States.IndexOf(text) switch
    {
        0 => ConnectionStates.New,
        1 => ConnectionStates.Established,
        2 => ConnectionStates.Related,
        3 => ConnectionStates.Invalid,
        4 => ConnectionStates.Untracked,
        _ => null,
    };
}
