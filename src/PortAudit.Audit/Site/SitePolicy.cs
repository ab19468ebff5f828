using System.Collections.Immutable;

namespace PortAudit.Audit.Site;

/// <summary>A firewall of the site: the file with its rules, and where it stands.</summary>
/// <param name="Name">Its name, unique among the policies.</param>
/// <param name="File">Path of its configuration; a relative one starts at the site file's directory.</param>
/// <param name="Format">Format of the configuration; null to recognise it.</param>
/// <param name="Host">Name of the host whose own firewall it is; null for a device between segments.</param>
/// <param name="Zones">Its zones or interfaces, each with the segments behind it; empty when the configuration tells
/// which networks are behind them.</param>
/// <param name="Addresses">Names that the configuration uses and does not define, each with the roles, hosts, segments
/// and networks whose addresses it stands for.</param>
/// <param name="Profile">Network profile of Windows that is active; null when not said.</param>
public sealed record SitePolicy(string Name, string File, string? Format, string? Host,
    ImmutableDictionary<string, ImmutableArray<string>> Zones,
    ImmutableDictionary<string, ImmutableArray<string>> Addresses, string? Profile);
