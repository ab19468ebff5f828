using PortAudit.Live.Devices;
using PortAudit.Live.Host;
using PortAudit.Live.Pcap;
using PortAudit.Traffic.Capture;
using SharpPcap;
using SharpPcap.LibPcap;

namespace PortAudit.Live.Interfaces;

/// <summary>Opens one interface: options, link type, filter, non-blocking. What fails becomes a
/// <see cref="LiveProblem"/>.</summary>
internal static class InterfaceOpening
{
    /// <summary>Opens an interface so that it can be read.</summary>
    /// <param name="name">The interface.</param>
    /// <param name="options">How.</param>
    /// <param name="notes">Takes what the user should know though capture works, a line each.</param>
    /// <param name="problem">Why it cannot be opened; null when it is open.</param>
    public static LiveInterface? TryOpen(string name, LiveOptions options, ICollection<string> notes,
        out LiveProblem? problem)
    {
        if (TryActivate(name, options, notes, out problem) is not { } device)
            return null;

        // As tcpdump does: for "any", the version that includes the interface. Old libraries have the first version
        // only.
        var dataLink = name == InterfaceName.Any && LibPcap.SetDataLink(device.Handle, DataLink.LinuxCooked2) == 0
            ? DataLink.LinuxCooked2
            : (int)device.LinkType;
        problem = Prepare(device, options);
        if (problem is not null)
        {
            device.Dispose();
            return null;
        }

        var hasNanoseconds = device.TimestampResolution == TimestampResolution.Nanosecond;
        if (options.WantsNanoseconds && !hasNanoseconds)
            notes.Add($"{name}: timestamps are in microseconds: the system has none in nanoseconds here");
        var filter = options.Filter.Length == 0 ? null : options.Filter;
        var described = new CaptureInterface(name, DataLink.ToLinkType(dataLink),
            (uint)LibPcap.SnapLength(device.Handle), filter, hasNanoseconds ? 9 : 6);
        return new LiveInterface(device, described);
    }

    /// <summary>Opens an interface as far as <c>pcap_activate</c>: whether that works is whether it can be
    /// captured.</summary>
    public static LiveDevice? TryActivate(string name, LiveOptions options, ICollection<string> notes,
        out LiveProblem? problem)
    {
        problem = PcapLibrary.Problem;
        if (problem is not null)
            return null;
        if (LiveDevice.TryCreate(name) is not { } device)
        {
            problem = LiveProblem.NoSuchDevice(name, []);
            return null;
        }

        try
        {
            device.Open(ConfigurationOf(options));
        }
        catch (PcapException refusal)
        {
            problem = ProblemOf(refusal, name, device.Opened ? device.LastError : "");
            device.Dispose();
            return null;
        }

        // SharpPcap keeps what pcap_activate answers to itself where it succeeds; a reservation has left its text.
        if (device.LastError is { Length: > 0 } reservation)
            notes.Add($"{name}: {reservation}");
        return device;
    }

    /// <summary>An option that a device does not have is no failure: it keeps its own timestamps.</summary>
    private static DeviceConfiguration ConfigurationOf(LiveOptions options)
    {
        var configuration = new DeviceConfiguration
        {
            Mode = options.IsPromiscuous ? DeviceModes.Promiscuous : DeviceModes.None,
            Snaplen = options.SnapLength,
            ReadTimeout = options.HandOverMs,
            Immediate = options.IsImmediate,
            BufferSize = options.BufferBytes,
            TimestampResolution = options.WantsNanoseconds ? TimestampResolution.Nanosecond : null,

            // Npcap's own choice runs away from the system's clock, by which several interfaces are put in order.
            TimestampType = OperatingSystem.IsWindows() ? TimestampType.HostHighPrecision : null,
        };
        configuration.ConfigurationFailed += (_, _) => { };
        return configuration;
    }

    private static LiveProblem? Prepare(LiveDevice device, LiveOptions options)
    {
        if (options.Filter.Length > 0 && SetFilter(device, options.Filter) is { } filter)
            return filter;
        if (options.Direction != LiveDirection.Both
            && LibPcap.SetDirection(device.Handle, (int)options.Direction) != 0)
            return LiveProblem.NotSupported(device.Name,
                $"the direction of packets is unknown here ({device.LastError})", "capture both directions");
        try
        {
            device.NonBlockingMode = true;
            return null;
        }
        catch (PcapException refusal)
        {
            return LiveProblem.Refused(device.Name, refusal.Message);
        }
    }

    /// <summary>Compiles and sets a filter. SharpPcap compiles it once more with a netmask of 0, so what needs the mask
    /// is refused before.</summary>
    private static LiveProblem? SetFilter(LiveDevice device, string expression)
    {
        if (FilterError.OfCharacters(expression) is { } character)
            return LiveProblem.OfFilter(device.Name, character);
        using var program = BpfProgram.TryCreate(device.Handle, expression, netmask: LibPcap.UnknownNetmask);
        if (program is null)
            return LiveProblem.OfFilter(device.Name, FilterError.Of(expression, device.LastError));
        try
        {
            device.Filter = expression;
            return null;
        }
        catch (PcapException refusal)
        {
            return LiveProblem.Refused(device.Name, refusal.Message);
        }
    }

    private static LiveProblem ProblemOf(PcapException refusal, string name, string detail) => refusal.Error switch
    {
        PcapError.NoSuchDevice => LiveProblem.NoSuchDevice(name, DeviceList.Names()),
        PcapError.PermissionDenied => LiveProblem.PermissionDenied(name, detail),
        PcapError.PromiscuousPermissionDenied => LiveProblem.PromiscuousRefused(name, detail),
        PcapError.InterfaceNotUp => LiveProblem.DeviceDown(name),
        LibPcap.CaptureNotSupported => LiveProblem.NotSupported(name,
            "packets of this kind of interface cannot be captured", "capture another interface that the packets cross"),
        _ => LiveProblem.Refused(name, detail.Length == 0 ? refusal.Message : detail),
    };
}
