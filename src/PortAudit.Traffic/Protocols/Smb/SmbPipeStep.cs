namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>A command relevant to pipes, for both generations of SMB. Its spans live as long as the
/// command's.</summary>
internal readonly ref struct SmbPipeStep
{
    /// <summary>Action of the command; other properties are empty when not applicable.</summary>
    public SmbPipeAct Act { get; init; }

    /// <summary>Identifies request and responses: SMB 1's PID and MID ([MS-CIFS] 2.2.3.1), SMB 2's MessageId ([MS-SMB2]
    /// 2.2.1).</summary>
    public ulong Exchange { get; init; }

    /// <summary>Tree of a request or of <see cref="SmbPipeAct.Connected"/>.</summary>
    public SmbTreeId Tree { get; init; }

    /// <summary>Kind of the tree, for <see cref="SmbPipeAct.Connected"/>.</summary>
    public SmbTreeKind TreeKind { get; init; }

    /// <summary>The file of a request, or given by a response. A response with data does not name it.</summary>
    public SmbFileId File { get; init; }

    /// <summary>The known pipe named in <see cref="SmbPipeAct.Open"/> (<see cref="SmbPipes"/>); null for
    /// others.</summary>
    public string? Pipe { get; init; }

    /// <summary>The administrative share named in <see cref="SmbPipeAct.Connect"/> (<see cref="AdminShare"/>); null for
    /// others.</summary>
    public string? Share { get; init; }

    /// <summary>True when <see cref="SmbPipeAct.Open"/> names a program (<see cref="ProgramName"/>).</summary>
    public bool IsProgram { get; init; }

    /// <summary>True when <see cref="SmbPipeAct.Opened"/> created the file or replaced its content.</summary>
    public bool IsMade { get; init; }

    /// <summary>True when <see cref="SmbPipeAct.Opened"/> gives a disk file: no directory or pipe.</summary>
    public bool IsFile { get; init; }

    /// <summary>Data written or read.</summary>
    public ReadOnlySpan<byte> Bytes { get; init; }

    /// <summary>True when other messages of the exchange have more data.</summary>
    public bool IsInPart { get; init; }
}
