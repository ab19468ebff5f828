using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.Cisco.Ios;

/// <summary>What the lines of a router's configuration refer to: object groups, interfaces, time ranges.</summary>
/// <param name="draft">The file.</param>
internal sealed class IosDevice(PolicyDraft draft)
{
    /// <summary>The file.</summary>
    public PolicyDraft Draft => draft;

    /// <summary>Host name; null without one.</summary>
    public string? HostName { get; set; }

    /// <summary>Reads addresses; IOS has no names for them.</summary>
    public AddressNames Names { get; } = new();

    /// <summary>Object groups.</summary>
    public GroupTable Groups { get; } = new(draft);

    /// <summary>Interfaces with their networks.</summary>
    public ZoneTable Zones { get; } = new(draft);

    /// <summary>Time ranges.</summary>
    public TimeRanges TimeRanges { get; } = new();
}
