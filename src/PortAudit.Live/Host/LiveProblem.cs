using PortAudit.Traffic.Capture;

namespace PortAudit.Live.Host;

/// <summary>Why live capture cannot begin or go on, and what to do about it.</summary>
/// <param name="Kind">Which of the closed set.</param>
/// <param name="Device">The interface; empty when it is about none.</param>
/// <param name="Text">What is wrong, a clause without the interface's name. It may hold the system's or the user's text
/// as it is: escape it where it is shown.</param>
/// <param name="Remedy">What to do, one line.</param>
public sealed record LiveProblem(LiveProblemKind Kind, string Device, string Text, string Remedy)
{
    /// <summary>Interfaces listed at most next to an unknown name.</summary>
    private const int MaximumListed = 10;

    private const string Listing = "'portaudit interfaces' lists the interfaces";

    /// <summary>Where a filter is wrong; null for other problems.</summary>
    public FilterError? Filter { get; init; }

    internal static LiveProblem LibraryMissing(IEnumerable<string> candidates) => new(
        LiveProblemKind.LibraryMissing, "",
        $"{LibraryName} is not installed (looked for {string.Join(", ", candidates)})", Install);

    internal static LiveProblem LibraryTooOld(string library, string missing) => new(
        LiveProblemKind.LibraryTooOld, "",
        $"{library} is too old: it has no {missing}, which libpcap 1.5 and every Npcap have", Install);

    internal static LiveProblem NoSuchDevice(string device, IReadOnlyCollection<string> known)
    {
        var listed = string.Join(", ", known.Take(MaximumListed)) + (known.Count > MaximumListed ? ", …" : "");
        return new(LiveProblemKind.NoSuchDevice, device,
            known.Count == 0
                ? "there is no such interface"
                : $"there is no such interface; there are {listed}", Listing);
    }

    internal static LiveProblem PermissionDenied(string device, string detail) =>
        new(LiveProblemKind.PermissionDenied, device, WithDetail("this process has no right to capture", detail),
            RightsRemedy.Of(ProgramStart.OfProcess()));

    internal static LiveProblem PromiscuousRefused(string device, string detail) => new(
        LiveProblemKind.PromiscuousRefused, device,
        WithDetail("this process may not capture what is addressed to others (promiscuous mode)", detail),
        RightsRemedy.Of(ProgramStart.OfProcess()));

    internal static LiveProblem DeviceDown(string device) =>
        new(LiveProblemKind.DeviceDown, device, "the interface is down", Up(device));

    internal static LiveProblem DeviceVanished(string device, string detail, long packets) => new(
        LiveProblemKind.DeviceVanished, device,
        WithDetail(FormattableString.Invariant($"the interface was lost after {packets} packets"), detail),
        $"bring it back and start again; {Listing}");

    internal static LiveProblem OfFilter(string device, FilterError error) =>
        new(LiveProblemKind.Filter, device, $"the capture filter has an error: {error.Text}",
            "correct the filter; its language is described in pcap-filter(7)")
        { Filter = error };

    internal static LiveProblem OfFilter(string device, FilterError error, LinkType linkType) =>
        OfFilter(device, error) with
        {
            Text = $"the capture filter has an error, compiled for frames of link type {linkType}: {error.Text}",
        };

    internal static LiveProblem NotSupported(string device, string what, string remedy) =>
        new(LiveProblemKind.NotSupported, device, what, remedy);

    internal static LiveProblem Refused(string device, string detail) =>
        new(LiveProblemKind.Library, device,
            detail.Length == 0 ? "libpcap refuses the interface without a reason" : detail,
            $"{Listing}, and 'portaudit doctor' checks this machine");

    private static string LibraryName => OperatingSystem.IsWindows() ? "Npcap" : "libpcap";

    private static string Install
    {
        get
        {
            if (OperatingSystem.IsWindows())
                return "install Npcap from https://npcap.com (as administrator)";
            return OperatingSystem.IsMacOS()
                ? "libpcap is a part of macOS: update the system, or brew install libpcap"
                : "install it: sudo apt-get install libpcap0.8 (Debian, Ubuntu), sudo dnf install libpcap (Fedora, "
                    + "RHEL), sudo apk add libpcap (Alpine)";
        }
    }

    private static string Up(string device)
    {
        if (OperatingSystem.IsWindows())
            return $"enable the adapter {device} in Network Connections";
        return OperatingSystem.IsMacOS() ? $"sudo ifconfig {device} up" : $"sudo ip link set dev {device} up";
    }

    private static string WithDetail(string text, string detail) => detail.Length == 0 ? text : $"{text} ({detail})";
}

/// <summary>What can keep live capture from beginning or going on: a closed set, each with its remedy
/// (<see cref="LiveProblem"/>).</summary>
public enum LiveProblemKind
{
    /// <summary>libpcap or Npcap is not installed.</summary>
    LibraryMissing,

    /// <summary>The library is there, but lacks functions that are needed.</summary>
    LibraryTooOld,

    /// <summary>No interface has this name.</summary>
    NoSuchDevice,

    /// <summary>The process lacks the right to capture.</summary>
    PermissionDenied,

    /// <summary>The process may capture, but not what is addressed to others.</summary>
    PromiscuousRefused,

    /// <summary>The interface is switched off.</summary>
    DeviceDown,

    /// <summary>The interface was removed while it was captured.</summary>
    DeviceVanished,

    /// <summary>The capture filter has an error.</summary>
    Filter,

    /// <summary>The system or the library cannot do what was asked on this interface.</summary>
    NotSupported,

    /// <summary>Anything else that libpcap refuses, in its own words.</summary>
    Library,
}
