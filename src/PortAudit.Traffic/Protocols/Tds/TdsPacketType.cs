namespace PortAudit.Traffic.Protocols.Tds;

/// <summary>Types of TDS packets ([MS-TDS] 2.2.3.1.1).</summary>
internal enum TdsPacketType : byte
{
    /// <summary>SQL batch.</summary>
    Batch = 1,

    /// <summary>Login of the versions before 7.</summary>
    OldLogin = 2,

    /// <summary>Remote procedure call.</summary>
    Call = 3,

    /// <summary>Server response.</summary>
    Response = 4,

    /// <summary>Cancels a request.</summary>
    Attention = 6,

    /// <summary>Rows of a bulk load.</summary>
    BulkLoad = 7,

    /// <summary>Transaction manager request.</summary>
    Transaction = 14,

    /// <summary>Login of version 7.</summary>
    Login = 16,

    /// <summary>A step of integrated authentication.</summary>
    Sspi = 17,

    /// <summary>Pre-login, and the TLS handshake within it.</summary>
    PreLogin = 18,
}
