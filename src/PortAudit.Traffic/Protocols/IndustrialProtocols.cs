using System.Collections.Immutable;
using PortAudit.Traffic.Protocols.Bacnet;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Cotp;
using PortAudit.Traffic.Protocols.Dnp3;
using PortAudit.Traffic.Protocols.EtherNetIp;
using PortAudit.Traffic.Protocols.Iec104;
using PortAudit.Traffic.Protocols.Modbus;
using PortAudit.Traffic.Protocols.OpcUa;

namespace PortAudit.Traffic.Protocols;

/// <summary>Control of plants, grids and buildings.</summary>
internal static class IndustrialProtocols
{
    /// <summary>The rows, in registry order.</summary>
    public static readonly ImmutableArray<ProtocolRow> Rows =
    [
        new("bacnet", "BACnet/IP, building automation") { UdpPorts = [47808], OverUdp = new BacnetRecogniser() },
        new("modbus", "Modbus/TCP, industrial control") { TcpPorts = [502], OverTcp = new ModbusRecogniser() },
        new("dnp3", "DNP3, control of grids and water (IEEE 1815)")
        {
            TcpPorts = [20000],
            UdpPorts = [20000],
            OverTcp = new Dnp3Recogniser(),
            OverUdp = new Dnp3Recogniser(),
        },
        new("iec104", "IEC 60870-5-104, control of grids") { TcpPorts = [2404], OverTcp = new Iec104Recogniser() },
        new("opcua", "OPC Unified Architecture, binary") { TcpPorts = [4840], OverTcp = new OpcUaRecogniser() },
        new("s7comm", "S7 communication, Siemens controllers") { OverTcp = new CotpRecogniser(CotpUser.S7) },
        new("ethernet-ip", "EtherNet/IP, industrial control (CIP)")
        {
            TcpPorts = [44818],
            UdpPorts = [2222, 44818],
            OverTcp = new EtherNetIpRecogniser(),
            OverUdp = new EtherNetIpRecogniser(),
        },
    ];
}
