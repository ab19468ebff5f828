namespace PortAudit.Traffic.Protocols.Tftp;

/// <summary>Kinds of TFTP packets (RFC 1350 §5, RFC 2347).</summary>
internal enum TftpOpcode : ushort
{
    /// <summary>Read request.</summary>
    Read = 1,

    /// <summary>Write request.</summary>
    Write = 2,

    /// <summary>A block of the file.</summary>
    Data = 3,

    /// <summary>Acknowledges a block.</summary>
    Acknowledgement = 4,

    /// <summary>Ends the transfer.</summary>
    Error = 5,

    /// <summary>Acknowledges options of the request.</summary>
    OptionAcknowledgement = 6,
}
