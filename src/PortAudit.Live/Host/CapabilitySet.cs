using System.Globalization;

namespace PortAudit.Live.Host;

/// <summary>A set of Linux capabilities, a bit each (capabilities(7), numbers of <c>linux/capability.h</c>).</summary>
/// <param name="Bits">The set.</param>
internal readonly record struct CapabilitySet(ulong Bits)
{
    private const int NetAdmin = 12;
    private const int NetRaw = 13;

    public static CapabilitySet NetRawOnly { get; } = new(1UL << NetRaw);

    /// <summary>True without any capability but CAP_NET_RAW.</summary>
    public bool IsNetRawAtMost => (Bits & ~NetRawOnly.Bits) == 0;

    /// <summary>True with CAP_NET_RAW, without which there is no capture.</summary>
    public bool HasNetRaw => Has(NetRaw);

    /// <summary>True with CAP_NET_ADMIN, which some kinds of interface want.</summary>
    public bool HasNetAdmin => Has(NetAdmin);

    /// <summary>Reads a set of sixteen hexadecimal digits (proc_pid_status(5)); null when it is none.</summary>
    public static CapabilitySet? Parse(string digits) =>
        ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)
            ? new CapabilitySet(bits)
            : null;

    /// <summary>Those of the two that are in the set, as setcap(8) names them; <c>neither cap_net_raw nor
    /// cap_net_admin</c> without.</summary>
    public override string ToString() => (HasNetRaw, HasNetAdmin) switch
    {
        (true, true) => "cap_net_raw and cap_net_admin",
        (true, false) => "cap_net_raw",
        (false, true) => "cap_net_admin without cap_net_raw",
        _ => "neither cap_net_raw nor cap_net_admin",
    };

    private bool Has(int capability) => (Bits >> capability & 1) != 0;
}
