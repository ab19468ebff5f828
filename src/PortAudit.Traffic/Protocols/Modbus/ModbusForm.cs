namespace PortAudit.Traffic.Protocols.Modbus;

/// <summary>Which side may send a message of this form.</summary>
[Flags]
internal enum ModbusForm : byte
{
    /// <summary>Neither: no form of the function.</summary>
    None = 0,

    /// <summary>The client.</summary>
    Request = 1,

    /// <summary>The server.</summary>
    Reply = 2,

    /// <summary>Both: a reply that repeats its request.</summary>
    Either = Request | Reply,
}
