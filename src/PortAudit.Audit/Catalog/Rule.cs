using System.Collections.Immutable;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Catalog;

/// <summary>Who may talk to whom, over what: one line of a catalog or of a site's own rules.</summary>
public sealed record Rule
{
    /// <summary>Identifier, unique among all catalogs of an audit.</summary>
    public required string Id { get; init; }

    /// <summary>Identifier of the catalog; <c>site</c> for a site's own rules.</summary>
    public required string Catalog { get; init; }

    /// <summary>What the flow is for, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>Originating roles, or built-in ones (<see cref="BuiltInRoles"/>). A site rule may also name
    /// hosts, segments, and networks by their prefixes.</summary>
    public required ImmutableArray<string> From { get; init; }

    /// <summary>Responding roles.</summary>
    public required ImmutableArray<string> To { get; init; }

    /// <summary>Transports.</summary>
    public required ImmutableArray<IpProtocol> Transports { get; init; }

    /// <summary>Responder ports as the rule prints them; empty for a transport without ports and when
    /// <see cref="PortParameter"/> is set.</summary>
    public required ImmutableArray<PortRange> Ports { get; init; }

    /// <summary>Parameter that gives the ports; null when they are printed.</summary>
    public string? PortParameter { get; init; }

    /// <summary>Registry names of the protocol, alternatives; empty when the rule does not say.</summary>
    public required ImmutableArray<string> Protocols { get; init; }

    /// <summary>Transport security.</summary>
    public required TransportSecurity Security { get; init; }

    /// <summary>How much it is needed.</summary>
    public required Need Need { get; init; }

    /// <summary>When it applies.</summary>
    public required Applicability When { get; init; }

    /// <summary>Registry names of the control protocols that announce the port; empty when the flow comes
    /// directly.</summary>
    public required ImmutableArray<string> AnnouncedBy { get; init; }

    /// <summary>Names of the announced services that it is about, such as the RPC interfaces of one server; empty for
    /// any that is announced.</summary>
    public ImmutableArray<string> Services { get; init; } = [];

    /// <summary>Whether a datagram service answers.</summary>
    public required Replies Replies { get; init; }

    /// <summary>How often it recurs.</summary>
    public required Period Period { get; init; }

    /// <summary>What the rule says of the traffic.</summary>
    public required RuleVerdict Verdict { get; init; }

    /// <summary>The lines of a document it rests on; null for a site's own rule.</summary>
    public required SourceReference? Source { get; init; }

    /// <summary>Sensitive operations that the rule means to allow (<c>rules/sensitive-operations.yaml</c>).</summary>
    public ImmutableArray<string> Operations { get; init; } = [];

    /// <summary>Note on how the document was read, or null.</summary>
    public string? Note { get; init; }

    /// <summary>A rule for all traffic between two parties, whatever the transport and port.</summary>
    internal static Rule ForAllTraffic(
        string id, string catalog, string title, string from, string to, RuleVerdict verdict) => new()
        {
            Id = id,
            Catalog = catalog,
            Title = title,
            From = [from],
            To = [to],
            Transports = [],
            Ports = [],
            Protocols = [],
            Security = TransportSecurity.Any,
            Need = Need.Informational,
            When = Applicability.Always,
            AnnouncedBy = [],
            Replies = Replies.Expected,
            Period = Period.OnEvent,
            Verdict = verdict,
            Source = null,
        };
}
