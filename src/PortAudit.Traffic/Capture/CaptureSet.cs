using System.Collections.Immutable;

namespace PortAudit.Traffic.Capture;

/// <summary>The captures of one run, by first packet, then by path, whatever order the user gave.</summary>
public sealed class CaptureSet : IDisposable
{
    private CaptureSet(ImmutableArray<Member> members, ImmutableArray<CaptureFormatException> problems)
    {
        Members = members;
        Problems = problems;
    }

    /// <summary>Paths, indexed by <see cref="PortAudit.Traffic.Capture.FrameReference.Capture"/>.</summary>
    public ImmutableArray<string> Paths => [.. Members.Select(member => member.Path)];

    /// <summary>Inputs that are no captures; the others are read.</summary>
    public ImmutableArray<CaptureFormatException> Problems { get; }

    /// <summary>Which packets each reading takes.</summary>
    public PacketSelection Selection { get; set; } = PacketSelection.All;

    /// <summary>What the last finished reading left out.</summary>
    public PacketsLeftOut LeftOut { get; internal set; }

    /// <summary>The link types of interfaces described before the first packet of each capture, ascending.</summary>
    public ImmutableArray<LinkType> LinkTypes =>
        [.. Members.SelectMany(member => member.LinkTypes).Distinct().OrderBy(type => type.Value)];

    /// <summary>True when all captures are files, which can be read twice.</summary>
    public bool CanBeReadAgain => Members.All(member => member.Opened is null);

    /// <summary>The live source; null for files.</summary>
    internal ILiveSource? Live => Members is [{ Opened: ILiveSource live }] ? live : null;

    /// <summary>The captures.</summary>
    internal ImmutableArray<Member> Members { get; }

    /// <summary>Opens every input to find its first packet. A file given several times, by any path, is read
    /// once.</summary>
    /// <param name="paths">Files and named pipes, or <c>-</c> for standard input. Inputs readable only once are kept
    /// open.</param>
    /// <param name="standardInput">Opens standard input; called at most once.</param>
    /// <param name="interrupt">Ends waiting for pipes and standard input; what came before is kept.</param>
    public static CaptureSet Open(IReadOnlyList<string> paths, Func<Stream> standardInput,
        CancellationToken interrupt = default)
    {
        var members = new List<Member>();
        var problems = new List<CaptureFormatException>();
        foreach (var path in paths.DistinctBy(path => path == "-" ? path : FileIdentity.Of(path),
            StringComparer.Ordinal))
        {
            var pipe = path == "-"
                ? new InterruptibleInput(standardInput, interrupt)
                : CaptureFile.IsPipe(path) ? CaptureFile.Pipe(path, interrupt) : null;
            try
            {
                members.Add(pipe is null ? FromFile(path) : Begun(CaptureFile.Open(pipe, path)));
            }
            catch (CaptureFormatException) when (pipe is { IsLeftUnread: true })
            {
                // Nothing to report besides the interruption.
            }
            catch (CaptureFormatException problem)
            {
                problems.Add(problem);
            }
        }

        members.Sort(Member.ByFirstPacket);
        return new CaptureSet([.. members], [.. problems]);
    }

    /// <summary>A set of one open source, such as live interfaces. Not read here, as its first packet may take long,
    /// and cannot be read again.</summary>
    /// <param name="source">The source, before its first packet; disposed with the set or its reading.</param>
    public static CaptureSet Of(ICaptureSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new CaptureSet([new Member(source.Path, null, source) { IsBegun = false }], []);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var member in Members)
            member.Opened?.Dispose();
    }

    private static Member FromFile(string path)
    {
        using var source = CaptureFile.Open(path);
        return Begun(source) with { Opened = null, IsBegun = false };
    }

    private static Member Begun(ICaptureSource source)
    {
        long? firstNs = source.TryRead(out var first) ? first.TimestampNs : null;
        return new Member(source.Path, firstNs, source)
        {
            LinkTypes = [.. source.Interfaces.Select(described => described.LinkType)],
        };
    }

    /// <summary>One capture of the set.</summary>
    /// <param name="Path">Path as the user gave it.</param>
    /// <param name="FirstNs">Time of its first packet; null without one.</param>
    /// <param name="Opened">The source if it cannot be reopened: standard input, a pipe, or live interfaces; null for a
    /// file.</param>
    internal sealed record Member(string Path, long? FirstNs, ICaptureSource? Opened)
    {
        /// <summary>True when <see cref="Opened"/> is already at its first packet, or has none.</summary>
        public bool IsBegun { get; init; } = Opened is not null;

        /// <summary>Link types of the interfaces described before the first packet.</summary>
        public ImmutableArray<LinkType> LinkTypes { get; init; } = [];

        /// <summary>Captures without packets come last.</summary>
        public static int ByFirstPacket(Member one, Member other)
        {
            var byTime = (one.FirstNs ?? long.MaxValue).CompareTo(other.FirstNs ?? long.MaxValue);
            return byTime != 0 ? byTime : string.CompareOrdinal(one.Path, other.Path);
        }
    }
}
