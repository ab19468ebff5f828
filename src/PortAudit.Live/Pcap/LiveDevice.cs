using System.Net.NetworkInformation;
using PortAudit.Live.Host;
using SharpPcap;
using SharpPcap.LibPcap;

namespace PortAudit.Live.Pcap;

/// <summary>
/// An interface to open by name. SharpPcap opens only listed interfaces, but libpcap opens more, such as
/// <c>nflog:5</c>, and explains failures. So any listed entry is passed, which SharpPcap ignores once there is a name.
/// </summary>
internal sealed class LiveDevice : LibPcapLiveDevice
{
    private static readonly PcapInterface? Listed = List(out _) is [var first, ..] ? first : null;

    private LiveDevice(PcapInterface listed, string name)
        : base(listed) => Name = name;

    public override string Name { get; }

    /// <summary>The interface with a name, not yet open. Null when libpcap lists none at all.</summary>
    public static LiveDevice? TryCreate(string name) => Listed is null ? null : new LiveDevice(Listed, name);

    /// <summary>What libpcap lists, in its order.</summary>
    /// <param name="problem">Why nothing can be listed; null when it can.</param>
    public static IReadOnlyList<PcapInterface> List(out LiveProblem? problem)
    {
        problem = null;
        try
        {
            return PcapInterface.GetAllPcapInterfaces();
        }
        catch (Exception exception) when (exception is PcapException or NetworkInformationException
            or InvalidOperationException)
        {
            problem = LiveProblem.Refused("", exception.Message);
            return [];
        }
    }
}
