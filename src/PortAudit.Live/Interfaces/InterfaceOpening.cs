using PortAudit.Live.Devices;
using PortAudit.Live.Host;
using PortAudit.Live.Pcap;
using PortAudit.Traffic.Capture;

namespace PortAudit.Live.Interfaces;

/// <summary>Opens one interface: create, options, activate, link type, filter, non-blocking. What fails becomes a
/// <see cref="LiveProblem"/>.</summary>
internal static unsafe class InterfaceOpening
{
    private static readonly Lock Compiling = new();

    /// <summary>Opens an interface so that it can be read.</summary>
    /// <param name="name">The interface.</param>
    /// <param name="options">How.</param>
    /// <param name="notes">Takes what the user should know though capture works, a line each.</param>
    /// <param name="problem">Why it cannot be opened; null when it is open.</param>
    public static LiveInterface? TryOpen(string name, LiveOptions options, ICollection<string> notes,
        out LiveProblem? problem)
    {
        if (TryActivate(name, options, notes, out problem) is not { } handle)
            return null;
        problem = Prepare(handle, name, options);
        if (problem is not null)
        {
            handle.Dispose();
            return null;
        }

        var hasNanoseconds = LibPcap.TimestampPrecision(handle) == LibPcap.NanosecondPrecision;
        if (options.WantsNanoseconds && !hasNanoseconds)
            notes.Add($"{name}: timestamps are in microseconds: the system has none in nanoseconds here");
        var filter = options.Filter.Length == 0 ? null : options.Filter;
        var described = new CaptureInterface(
            name, DataLink.ToLinkType(LibPcap.DataLink(handle)), (uint)LibPcap.SnapLength(handle), filter,
            hasNanoseconds ? 9 : 6);
        return new LiveInterface(handle, described);
    }

    /// <summary>Opens an interface as far as <c>pcap_activate</c>: whether that works is whether it can be
    /// captured.</summary>
    public static PcapHandle? TryActivate(string name, LiveOptions options, ICollection<string> notes,
        out LiveProblem? problem)
    {
        problem = PcapLibrary.Problem;
        if (problem is not null)
            return null;
        var error = stackalloc byte[LibPcap.ErrorLength];
        *error = 0;
        var handle = LibPcap.Create(name, error);
        if (handle.IsInvalid)
        {
            problem = LiveProblem.Refused(name, LibPcap.TextAt(error));
            return null;
        }

        Configure(handle, options);
        var status = LibPcap.Activate(handle);
        if (status >= PcapStatus.Success)
        {
            if (status > PcapStatus.Success)
                notes.Add($"{name}: {Reservation(handle, status)}");
            return handle;
        }

        problem = ProblemOf(status, name, LibPcap.ErrorOf(handle));
        handle.Dispose();
        return null;
    }

    /// <summary>These fail only where the handle is active already, or the device has no such kind of timestamp: then
    /// it keeps its own.</summary>
    private static void Configure(PcapHandle handle, LiveOptions options)
    {
        _ = LibPcap.SetSnapLength(handle, options.SnapLength);
        _ = LibPcap.SetPromiscuous(handle, options.IsPromiscuous ? 1 : 0);
        _ = LibPcap.SetTimeout(handle, options.HandOverMs);
        _ = LibPcap.SetImmediateMode(handle, options.IsImmediate ? 1 : 0);
        _ = LibPcap.SetBufferSize(handle, options.BufferBytes);
        if (options.WantsNanoseconds)
            _ = LibPcap.SetTimestampPrecision(handle, LibPcap.NanosecondPrecision);

        // Npcap's own choice runs away from the system's clock, by which several interfaces are put in order.
        if (OperatingSystem.IsWindows())
            _ = LibPcap.SetTimestampType(handle, LibPcap.PreciseHostClock);
    }

    private static LiveProblem? Prepare(PcapHandle handle, string name, LiveOptions options)
    {
        // As tcpdump does: of all interfaces as one, the version that tells which of them it was. Old libraries have
        // the first version only.
        if (name == InterfaceName.Any)
            _ = LibPcap.SetDataLink(handle, DataLink.LinuxCooked2);
        if (options.Filter.Length > 0 && SetFilter(handle, name, options.Filter) is { } filter)
            return filter;
        if (options.Direction != LiveDirection.Both
            && LibPcap.SetDirection(handle, (int)options.Direction) != PcapStatus.Success)
            return LiveProblem.NotSupported(name,
                $"the direction of packets cannot be told here ({LibPcap.ErrorOf(handle)})", "capture both directions");
        var error = stackalloc byte[LibPcap.ErrorLength];
        *error = 0;
        return LibPcap.SetNonBlocking(handle, 1, error) == PcapStatus.Success
            ? null
            : LiveProblem.Refused(name, LibPcap.TextAt(error));
    }

    /// <summary>Compiles and sets a filter. libpcap before 1.8 compiles one at a time only.</summary>
    private static LiveProblem? SetFilter(PcapHandle handle, string name, string expression)
    {
        if (expression.Contains('\0', StringComparison.Ordinal))
            return LiveProblem.OfFilter(name, new FilterError(expression, "a filter holds no character 0",
                expression.IndexOf('\0', StringComparison.Ordinal), 1));
        lock (Compiling)
        {
            FilterProgram program;
            if (LibPcap.Compile(handle, &program, expression, 1, LibPcap.UnknownNetmask) != PcapStatus.Success)
                return LiveProblem.OfFilter(name, FilterError.Of(expression, LibPcap.ErrorOf(handle)));
            var status = LibPcap.SetFilter(handle, &program);
            LibPcap.FreeProgram(&program);
            return status == PcapStatus.Success ? null : LiveProblem.Refused(name, LibPcap.ErrorOf(handle));
        }
    }

    private static LiveProblem ProblemOf(int status, string name, string detail) => status switch
    {
        PcapStatus.NoSuchDevice => LiveProblem.NoSuchDevice(name, DeviceList.Names()),
        PcapStatus.PermissionDenied => LiveProblem.PermissionDenied(name, detail),
        PcapStatus.PromiscuousPermissionDenied => LiveProblem.PromiscuousRefused(name, detail),
        PcapStatus.InterfaceNotUp => LiveProblem.DeviceDown(name),
        PcapStatus.CaptureNotSupported => LiveProblem.NotSupported(name,
            "packets of this kind of interface cannot be captured", "capture another interface that the packets cross"),
        _ => LiveProblem.Refused(name, detail.Length == 0 ? LibPcap.TextOf(status) : detail),
    };

    private static string Reservation(PcapHandle handle, int status) => (status, LibPcap.ErrorOf(handle)) switch
    {
        (PcapStatus.WarningPromiscuousNotSupported, _) =>
            "promiscuous mode is not supported here: only what is addressed to this machine is captured",
        (_, { Length: > 0 } text) => text,
        _ => LibPcap.TextOf(status),
    };
}
