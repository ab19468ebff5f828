namespace PortAudit.Traffic.Protocols.Tds;

/// <summary>Values of the option ENCRYPTION of a pre-login ([MS-TDS] 2.2.6.5).</summary>
internal enum TdsEncryption : byte
{
    /// <summary>Available, but off: if both sides say so, TLS encrypts only the login packet.</summary>
    Off = 0,

    /// <summary>On: the whole connection.</summary>
    On = 1,

    /// <summary>Not available.</summary>
    NotSupported = 2,

    /// <summary>Required: the whole connection.</summary>
    Required = 3,
}
