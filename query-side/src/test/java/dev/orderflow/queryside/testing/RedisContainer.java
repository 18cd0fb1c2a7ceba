package dev.orderflow.queryside.testing;

import com.github.dockerjava.api.DockerClient;
import dev.orderflow.platform.testing.ServerContainer;
import java.util.ArrayList;
import java.util.List;

/** In a container. */
final class RedisContainer implements TestRedis {
  private static final String IMAGE = "redis:8";
  private static final int PORT = 6379;

  private final ServerContainer container = new ServerContainer(IMAGE, PORT);

  RedisContainer(List<String> settings) {
    var command = new ArrayList<>(List.of("redis-server", "--protected-mode", "no", "--save", ""));
    command.addAll(settings);
    container.withCommand(command.toArray(String[]::new)).start();
  }

  private DockerClient docker() {
    return container.getDockerClient();
  }

  @Override
  public int port() {
    return container.port();
  }

  @Override
  public void start() {
    docker().startContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void kill() {
    docker().killContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void hang() {
    docker().pauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void goOn() {
    docker().unpauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void close() {
    container.stop();
  }
}
