using System.Collections.Immutable;

namespace PortAudit.Traffic.Capture;

/// <summary>The captures of one run, in the order of their first packets, so that the order in which the user names them changes nothing.</summary>
public sealed class CaptureSet
{
    private CaptureSet(ImmutableArray<string> paths, ImmutableArray<CaptureFormatException> problems)
    {
        Paths = paths;
        Problems = problems;
    }

    /// <summary>Paths in the order in which <see cref="Flows.FrameReference.Capture"/> counts them.</summary>
    public ImmutableArray<string> Paths { get; }

    /// <summary>Inputs that could not be opened as captures; the rest is read all the same.</summary>
    public ImmutableArray<CaptureFormatException> Problems { get; }

    /// <summary>Opens every input far enough to know its first packet.</summary>
    /// <param name="paths">Files, or <c>-</c> for standard input.</param>
    /// <param name="standardInput">Opens standard input; called at most once.</param>
    public static CaptureSet Open(IReadOnlyList<string> paths, Func<Stream> standardInput) => throw new NotImplementedException();
}
