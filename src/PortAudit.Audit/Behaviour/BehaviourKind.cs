using System.Collections.Immutable;

namespace PortAudit.Audit.Behaviour;

/// <summary>What a flow is used for, as far as its behaviour can tell.</summary>
public enum BehaviourKind
{
    /// <summary>Audio of a call.</summary>
    Voice,

    /// <summary>Moving pictures.</summary>
    Video,

    /// <summary>A remote desktop or a shared screen.</summary>
    RemoteDesktop,

    /// <summary>Files that pass in one direction.</summary>
    BulkTransfer,

    /// <summary>Short questions and their answers: directories, databases, remote calls, controllers.</summary>
    RequestResponse,

    /// <summary>A command line that a person types.</summary>
    InteractiveShell,

    /// <summary>Web pages and their parts.</summary>
    Web,

    /// <summary>Other traffic inside.</summary>
    Tunnel,
}

/// <summary>Names of <see cref="BehaviourKind"/>.</summary>
public static class BehaviourKindText
{
    /// <summary>All kinds, in the order of their numbers.</summary>
    public static ImmutableArray<BehaviourKind> All { get; } = [.. Enum.GetValues<BehaviourKind>()];

    /// <summary>The name in model files and reports.</summary>
    public static string ToText(this BehaviourKind kind) => kind switch
    {
        BehaviourKind.Voice => "voice",
        BehaviourKind.Video => "video",
        BehaviourKind.RemoteDesktop => "remote-desktop",
        BehaviourKind.BulkTransfer => "bulk-transfer",
        BehaviourKind.RequestResponse => "request-response",
        BehaviourKind.InteractiveShell => "interactive-shell",
        BehaviourKind.Web => "web",
        BehaviourKind.Tunnel => "tunnel",
    };

    /// <summary>The kind with a name; null when none has it.</summary>
    public static BehaviourKind? Find(string? name)
    {
        foreach (var kind in All)
        {
            if (kind.ToText() == name)
                return kind;
        }

        return null;
    }
}
