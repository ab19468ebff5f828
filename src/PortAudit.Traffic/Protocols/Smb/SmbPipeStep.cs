namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>One command as following pipes needs it, alike for both generations of SMB. The spans live as long as those
/// of the command.</summary>
internal readonly ref struct SmbPipeStep
{
    /// <summary>What the command does; what it does not speak of is empty below.</summary>
    public SmbPipeAct Act { get; init; }

    /// <summary>What a request and its answers have in common: PID and MID of SMB 1 ([MS-CIFS] 2.2.3.1), MessageId of
    /// SMB 2 ([MS-SMB2] 2.2.1).</summary>
    public ulong Exchange { get; init; }

    /// <summary>Tree of a request or of <see cref="SmbPipeAct.Connected"/>.</summary>
    public SmbTreeId Tree { get; init; }

    /// <summary>What the tree leads to, of <see cref="SmbPipeAct.Connected"/>.</summary>
    public SmbTreeKind TreeKind { get; init; }

    /// <summary>The file that a request is about, or that an answer gives. An answer with bytes does not name
    /// it.</summary>
    public SmbFileId File { get; init; }

    /// <summary>The known pipe that <see cref="SmbPipeAct.Open"/> names (<see cref="SmbPipes"/>); null for any other
    /// name.</summary>
    public string? Pipe { get; init; }

    /// <summary>The administrative share that <see cref="SmbPipeAct.Connect"/> names (<see cref="AdminShare"/>); null
    /// for any other.</summary>
    public string? Share { get; init; }

    /// <summary>True when <see cref="SmbPipeAct.Open"/> names a program (<see cref="ProgramName"/>).</summary>
    public bool IsProgram { get; init; }

    /// <summary>True when <see cref="SmbPipeAct.Opened"/> says that the file was created, or that its content was
    /// replaced.</summary>
    public bool IsMade { get; init; }

    /// <summary>True when <see cref="SmbPipeAct.Opened"/> gives a file on a disk: no directory and no pipe.</summary>
    public bool IsFile { get; init; }

    /// <summary>What is written, or what was read.</summary>
    public ReadOnlySpan<byte> Bytes { get; init; }

    /// <summary>True when other messages bring more of the bytes of the same exchange.</summary>
    public bool IsInPart { get; init; }
}
