using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Catalog;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Audit;

/// <summary>Makes rules from a line of text.</summary>
internal static class RuleSample
{
    /// <summary>
    /// A rule from <c>ID FROM TO TRANSPORT PORTS PROTOCOLS SECURITY</c>; lists are parted by commas, <c>-</c> stands
    /// for an empty one. Optional, continuous and always on unless changed.
    /// </summary>
    public static Rule Of(string line)
    {
        var words = line.Split(' ');
        return new Rule
        {
            Id = words[0],
            Catalog = "sample",
            Title = $"Title of {words[0]}",
            From = ListOf(words[1]),
            To = ListOf(words[2]),
            Transports = [.. ListOf(words[3]).Select(TransportOf)],
            Ports = [.. ListOf(words[4]).Select(RangeOf)],
            Protocols = ListOf(words[5]),
            Security = Enum.Parse<TransportSecurity>(words[6], ignoreCase: true),
            Need = Need.Optional,
            When = Applicability.Always,
            AnnouncedBy = [],
            Replies = Replies.Expected,
            Period = Period.Continuous,
            Verdict = RuleVerdict.Allowed,
            Source = null,
        };
    }

    public static Rule Required(string line) => Of(line) with { Need = Need.Required };

    public static PortRange RangeOf(string text)
    {
        var ends = text.Split('-');
        return new PortRange(ushort.Parse(ends[0], CultureInfo.InvariantCulture),
            ushort.Parse(ends[^1], CultureInfo.InvariantCulture));
    }

    private static ImmutableArray<string> ListOf(string word) => word == "-" ? [] : [.. word.Split(',')];

    private static IpProtocol TransportOf(string text)
    {
        Assert.True(IpProtocol.TryParse(text, out var transport));
        return transport;
    }
}
