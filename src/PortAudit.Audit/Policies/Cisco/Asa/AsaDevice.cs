using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Cisco.Asa;

/// <summary>What the lines of an ASA's configuration refer to: names, objects, interfaces, time ranges.</summary>
/// <param name="draft">The file.</param>
internal sealed class AsaDevice(PolicyDraft draft)
{
    /// <summary>The release whose access lists hold both families, and whose <c>any</c> means both (release notes of
    /// ASA 9.0).</summary>
    private static readonly Version UnifiedLists = new(9, 0);

    /// <summary>The release whose access lists name real addresses (ASA 8.3 migration guide).</summary>
    private static readonly Version RealAddresses = new(8, 3);

    /// <summary>The file.</summary>
    public PolicyDraft Draft => draft;

    /// <summary>Host name; null without one.</summary>
    public string? HostName { get; set; }

    /// <summary>Release; null when the file does not say.</summary>
    public Version? Release { get; set; }

    /// <summary>Names of addresses.</summary>
    public AddressNames Names { get; } = new();

    /// <summary>Objects and object groups.</summary>
    public GroupTable Groups { get; } = new(draft);

    /// <summary>Interfaces by name, with their networks.</summary>
    public ZoneTable Zones { get; } = new(draft);

    /// <summary>Time ranges.</summary>
    public TimeRanges TimeRanges { get; } = new();

    /// <summary>True when access lists are about IPv4 only.</summary>
    public bool HasIpv4Lists => Release is { } release && release < UnifiedLists;

    /// <summary>True when access lists name the addresses that are seen on the interface.</summary>
    public bool MatchesMappedAddresses => Release is { } release && release < RealAddresses;

    /// <summary>What <c>any</c> stands for.</summary>
    public IntervalSet<UInt128> Any => HasIpv4Lists ? AddressSet.AnyIpv4 : AddressSet.Any;
}
