using PortAudit.Live.Host;

namespace PortAudit.Live.Pcap;

/// <summary>The library behind live capture.</summary>
public static class LiveLibrary
{
    /// <summary>Why it cannot be used; null when it can.</summary>
    public static LiveProblem? Problem => PcapLibrary.Problem;

    /// <summary>Its version in its own words; empty when there is a <see cref="Problem"/>.</summary>
    public static string Version => Problem is null ? PcapLibrary.Version : "";
}
