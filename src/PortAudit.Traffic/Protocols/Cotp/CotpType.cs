namespace PortAudit.Traffic.Protocols.Cotp;

/// <summary>TPDU types of class 0 (X.224 §13.1).</summary>
internal enum CotpType : byte
{
    /// <summary>ER: refuses an invalid unit.</summary>
    Error = 0x70,

    /// <summary>DR: refuses or ends a connection.</summary>
    DisconnectRequest = 0x80,

    /// <summary>CC: accepts a connection.</summary>
    ConnectionConfirm = 0xD0,

    /// <summary>CR: requests a connection.</summary>
    ConnectionRequest = 0xE0,

    /// <summary>DT: data.</summary>
    Data = 0xF0,
}
