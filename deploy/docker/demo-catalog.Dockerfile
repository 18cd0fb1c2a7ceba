# Brings the demo catalog in through the front door, once, and ends.
ARG JRE_IMAGE=eclipse-temurin:25-jre
FROM ${JRE_IMAGE}
WORKDIR /opt/orderflow
COPY standalone/target/lib/*.jar standalone/target/standalone-*.jar ./
USER 10001:10001
ENTRYPOINT ["java", "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", "*", "dev.orderflow.standalone.Orderflow", "demo-catalog"]
