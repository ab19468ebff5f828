namespace PortAudit.Live.Host;

/// <summary>What can keep live capture from beginning or going on: a closed set, each with a remedy of its own
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
